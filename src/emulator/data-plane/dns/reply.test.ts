import { decode, encode, type Packet, type RecordType } from 'dns-packet';
import { expect, it } from 'vitest';
import { type Lookup, reply } from './reply.ts';

const lookup: Lookup = (name) =>
  name.toLowerCase() === 'known.example' ? ['10.0.0.1', '10.0.0.2'] : undefined;

function question(name: string, type: RecordType = 'A'): Packet {
  return { type: 'query', id: 4711, flags: 0x100, questions: [{ name, type }] };
}

const outcome = (packet: Packet | undefined) => (packet as { rcode?: string } | undefined)?.rcode;

function ask(query: Packet | Buffer): Packet | undefined {
  const answer = reply(Buffer.isBuffer(query) ? query : encode(query), lookup);
  return answer && decode(answer);
}

it('answers the addresses, each kept for a minute', () => {
  const answer = ask(question('Known.Example'));
  expect(answer).toMatchObject({ id: 4711, type: 'response', flag_aa: true, flag_rd: true, flag_tc: false });
  expect(answer?.questions).toMatchObject([{ name: 'Known.Example', type: 'A' }]);
  expect(answer?.answers).toMatchObject([
    { name: 'Known.Example', type: 'A', ttl: 60, data: '10.0.0.1' },
    { name: 'Known.Example', type: 'A', ttl: 60, data: '10.0.0.2' },
  ]);
});

it.each<{ name: string; query: Packet | Buffer; want: string }>([
  { name: 'nobody has', query: question('unknown.example'), want: 'NXDOMAIN' },
  { name: 'has no records of another type', query: question('known.example', 'AAAA'), want: 'NOERROR' },
  { name: 'nobody has, of another type', query: question('unknown.example', 'TXT'), want: 'NXDOMAIN' },
  { name: 'is none', query: { type: 'query', id: 1, questions: [] }, want: 'FORMERR' },
  { name: 'is not readable', query: Buffer.from('4711010000010000', 'hex'), want: 'FORMERR' },
  { name: 'is an update', query: { ...question('known.example'), flags: 5 << 11 }, want: 'NOTIMP' },
])('answers $want without records for what $name', ({ query, want }) => {
  const answer = ask(query);
  expect(outcome(answer)).toBe(want);
  expect(answer?.answers).toEqual([]);
});

it('keeps silent at an answer, and at a single byte', () => {
  expect(ask({ ...question('known.example'), type: 'response' })).toBeUndefined();
  expect(ask(Buffer.from([1]))).toBeUndefined();
});

it('fits eight addresses of a long name into what every resolver takes over UDP', () => {
  const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.elb.us-east-1.amazonaws.com`;
  const eight = Array.from({ length: 8 }, (_, host) => `10.0.0.${host}`);
  const answer = reply(encode(question(name)), () => eight);
  expect(answer?.length).toBeLessThanOrEqual(512);
  expect(answer && decode(answer).answers).toHaveLength(8);
});
