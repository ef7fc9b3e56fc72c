import { type Answer, decode, encode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { encodeQuestion, isAnswerTo, readAnswer } from './message.ts';
import type { DnsQuestion } from './question.ts';

const question: DnsQuestion = { name: 'web.test', type: 'A' };
const host = (name: string, data: string, ttl = 60): Answer => ({ type: 'A', name, ttl, data });
const alias = (name: string, data: string, ttl = 60): Answer => ({ type: 'CNAME', name, ttl, data });
const answer = (answers: Answer[], flags = 0) => encode({ type: 'response', id: 7, flags, answers });

describe('encodeQuestion', () => {
  it('asks a resolver to find out, and a name’s own servers for what they hold', () => {
    const sent = decode(encodeQuestion(question, 4711));
    expect(sent).toMatchObject({ type: 'query', id: 4711, flag_rd: true });
    expect(sent.questions).toMatchObject([{ name: 'web.test', type: 'A' }]);
    expect(decode(encodeQuestion({ ...question, authoritative: true }, 1)).flag_rd).toBe(false);
  });
});

describe('isAnswerTo', () => {
  const asked = (name: string, type: 'A' | 'AAAA' = 'A'): Packet => ({
    type: 'response',
    id: 7,
    questions: [{ name, type }],
  });

  it.each<{ name: string; packet: Packet; want: boolean }>([
    { name: 'the same question', packet: asked('web.test'), want: true },
    { name: 'the same name, in capitals', packet: asked('WEB.test'), want: true },
    { name: 'no question', packet: { type: 'response', id: 7 }, want: true },
    { name: 'another name', packet: asked('other.test'), want: false },
    { name: 'another type', packet: asked('web.test', 'AAAA'), want: false },
    { name: 'another id', packet: { ...asked('web.test'), id: 8 }, want: false },
    { name: 'a question, not an answer', packet: { ...asked('web.test'), type: 'query' }, want: false },
  ])('of a message with $name: $want', ({ packet, want }) => {
    expect(isAnswerTo(encode(packet), 7, question)).toBe(want);
  });

  it('does not mind the dot of the root', () => {
    expect(isAnswerTo(encode(asked('web.test')), 7, { ...question, name: 'web.test.' })).toBe(true);
  });

  it.each([
    { bytes: [0, 7], want: true },
    { bytes: [0, 8], want: false },
    { bytes: [7], want: false },
    { bytes: [], want: false },
  ])('of $bytes, which cannot be read: $want', ({ bytes, want }) => {
    expect(isAnswerTo(Buffer.from(bytes), 7, question)).toBe(want);
  });
});

describe('readAnswer', () => {
  /** So many aliases, and an address at their end. */
  const chain = (length: number): Answer[] => [
    ...Array.from({ length }, (_, step) =>
      alias(step === 0 ? 'web.test' : `a${step}.test`, `a${step + 1}.test`),
    ),
    host(`a${length}.test`, '10.0.0.1'),
  ];

  it('follows 15 aliases, and not one more', () => {
    expect(readAnswer(answer(chain(15)), question)).toMatchObject({ values: ['10.0.0.1'] });
    expect(readAnswer(answer(chain(16)), question)).toMatchObject({ failure: 'no-records' });
  });

  it('comes to an end where aliases go round in a circle', () => {
    const circle = [alias('web.test', 'a.test'), alias('a.test', 'web.test')];
    expect(readAnswer(answer(circle), question)).toEqual({
      kind: 'failure',
      failure: 'no-records',
      told: 'no A record',
    });
  });

  it('may be kept no longer than the shortest-lived of its parts', () => {
    const ttlOf = (...records: Answer[]) => {
      const reading = readAnswer(answer(records), question);
      return reading.kind === 'values' ? reading.ttl : undefined;
    };
    expect(ttlOf(alias('web.test', 'a.test', 5), host('a.test', '10.0.0.1', 60))).toBe(5);
    expect(ttlOf(alias('web.test', 'a.test', 60), host('a.test', '10.0.0.1', 5))).toBe(5);
    expect(ttlOf(host('web.test', '10.0.0.1', 60), host('web.test', '10.0.0.2', 5))).toBe(5);
    expect(ttlOf(host('web.test', '10.0.0.1', 60), host('other.test', '10.0.0.2', 5))).toBe(60);
  });

  it('tells what an alias leads to, and what was cut off', () => {
    expect(readAnswer(answer([alias('web.test', 'lost.test')]), question)).toMatchObject({
      told: "no A record for 'lost.test', which it stands for",
    });
    expect(readAnswer(answer([], TRUNCATED_RESPONSE), question)).toEqual({
      kind: 'failure',
      failure: 'malformed',
      told: 'an answer cut so short that nothing is left',
    });
    expect(readAnswer(answer([host('web.test', '10.0.0.1')], TRUNCATED_RESPONSE), question)).toMatchObject({
      kind: 'values',
      truncated: true,
    });
  });
});
