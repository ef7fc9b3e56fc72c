import { describe, expect, it } from 'vitest';
import { lookUpName } from './look-up-name.ts';
import type { DnsAnswer } from './question.ts';
import { addresses, answered, unanswered } from './testing/answers.ts';

/** Answers in turn; the last of them for good. */
function inTurn(...answers: DnsAnswer[]) {
  let asked = 0;
  const resolve = async (): Promise<DnsAnswer> => answers[Math.min(asked++, answers.length - 1)] as DnsAnswer;
  return { resolve, asked: () => asked };
}

const query = { name: 'db.test', type: 'A' as const };
const eight = addresses(8);

describe('lookUpName', () => {
  it('takes fewer than eight addresses for all there are, and asks no more', async () => {
    const { resolve, asked } = inTurn(answered(['10.0.0.9', '10.0.0.10'], { ttl: 5 }));
    const want = { addresses: ['10.0.0.9', '10.0.0.10'], extent: 'complete', ttl: 5 };
    expect(await lookUpName(resolve, query)).toEqual(want);
    expect(asked()).toBe(1);
  });

  it('asks on where there are eight, until nothing new appears (FM3)', async () => {
    const { resolve, asked } = inTurn(
      answered(eight),
      answered([...addresses(7), '10.0.1.1'], { ttl: 40 }),
      answered([...addresses(7), '10.0.1.2']),
      answered(eight),
    );
    const found = await lookUpName(resolve, query);
    expect(found).toEqual({ addresses: [...eight, '10.0.1.1', '10.0.1.2'], extent: 'sample', ttl: 40 });
    expect(asked()).toBe(6);
  });

  it('stops after some lookups even if there is always something new (FM3)', async () => {
    let asked = 0;
    const found = await lookUpName(async () => answered(addresses(8, asked++)), query);
    expect(found.extent).toBe('sample');
    expect(asked).toBe(24);
  });

  it('takes what was cut for a sample, however little it is (FM3)', async () => {
    const { resolve } = inTurn(answered(['10.0.0.1'], { truncated: true }));
    expect(await lookUpName(resolve, query)).toMatchObject({ addresses: ['10.0.0.1'], extent: 'sample' });
  });

  it('goes by a complete answer alone, even after samples', async () => {
    const { resolve } = inTurn(answered(eight), answered(['10.0.0.1']));
    expect(await lookUpName(resolve, query)).toMatchObject({ addresses: ['10.0.0.1'], extent: 'complete' });
  });

  it('has a sample where the answers end', async () => {
    const { resolve } = inTurn(answered(eight), unanswered('no-answer'));
    expect(await lookUpName(resolve, query)).toMatchObject({ addresses: eight, extent: 'sample' });
  });

  it.each([
    ['no-such-name', 'check the name'],
    ['no-records', 'family'],
    ['no-answer', 'UDP and TCP'],
    ['unreachable', 'check the name servers'],
    ['server-failure', 'it failed'],
  ] as const)('does not know on %s, and says what to do (FM1)', async (failure, want) => {
    const { resolve } = inTurn(unanswered(failure, 'it failed'));
    await expect(lookUpName(resolve, query)).rejects.toMatchObject({
      code: 'source-unknown',
      message: expect.stringMatching(new RegExp(`^it failed.*${want}|${want}$`)),
    });
  });
});
