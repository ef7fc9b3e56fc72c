import { decode, encode, type Packet, type RecordType } from 'dns-packet';
import { expect, it } from 'vitest';
import type { NameRecords } from './name-records.ts';
import { type Lookup, reply } from './reply.ts';

const large = Array.from({ length: 40 }, (_, host) => `10.0.0.${host}`);

const names: Record<string, NameRecords> = {
  'known.example': { addresses: ['10.0.0.1', '10.0.0.2'], ttl: 60 },
  'six.example': { addresses: ['fd00::10:1', '::1', 'fd00:0:0:0:0:0:0:2'], ttl: 5 },
  'cluster.example': { addresses: [], alias: 'known.example', ttl: 1 },
  'lost.example': { addresses: [], alias: 'nobody.example', ttl: 1 },
  'loop.example': { addresses: [], alias: 'loop.example', ttl: 1 },
  'large.example': { addresses: large, ttl: 5 },
  example: { addresses: [], nameServers: ['ns-1.example'], ttl: 7 },
  'broken.example': { addresses: [], ttl: 0, failure: 'SERVFAIL' },
  'closed.example': { addresses: [], ttl: 0, failure: 'REFUSED' },
  'silent.example': { addresses: [], ttl: 0, failure: 'silence' },
};
const lookup: Lookup = (name) => names[name.toLowerCase()];

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

it.each<{ name: string; asked: string; type: RecordType; want: object[] }>([
  {
    name: 'AAAA records',
    asked: 'six.example',
    type: 'AAAA',
    want: [{ data: 'fd00::10:1', ttl: 5 }, { data: '::1' }, { data: 'fd00::2' }],
  },
  {
    name: 'an alias, and the addresses of what it stands for',
    asked: 'cluster.example',
    type: 'A',
    want: [
      { name: 'cluster.example', type: 'CNAME', data: 'known.example', ttl: 1 },
      { name: 'known.example', type: 'A', data: '10.0.0.1', ttl: 60 },
      { name: 'known.example', type: 'A', data: '10.0.0.2' },
    ],
  },
  { name: 'name servers', asked: 'example', type: 'NS', want: [{ data: 'ns-1.example', ttl: 7 }] },
])('answers $name', ({ asked, type, want }) => {
  expect(ask(question(asked, type))?.answers).toMatchObject(want);
});

it('answers NXDOMAIN after an alias that leads nowhere', () => {
  const answer = ask(question('lost.example'));
  expect(outcome(answer)).toBe('NXDOMAIN');
  expect(answer?.answers).toMatchObject([{ type: 'CNAME', data: 'nobody.example' }]);
});

it('follows aliases in a circle to an end', () => {
  const answer = ask(question('loop.example'));
  expect(answer?.answers?.length).toBeGreaterThan(0);
  expect(answer?.answers?.every(({ type }) => type === 'CNAME')).toBe(true);
});

it.each([
  { asked: 'broken.example', want: 'SERVFAIL' },
  { asked: 'closed.example', want: 'REFUSED' },
])('fails with $want where it is told to', ({ asked, want }) => {
  expect(outcome(ask(question(asked)))).toBe(want);
});

it('keeps silent where it is told to', () => {
  expect(ask(question('silent.example'))).toBeUndefined();
});

it('cuts what does not fit into a datagram, and says so; over TCP all of it fits', () => {
  const query = encode(question('large.example'));
  const [short, whole] = (['udp', 'tcp'] as const).map((transport) => reply(query, lookup, transport));
  expect(short?.length).toBeLessThanOrEqual(512);
  expect(short && decode(short)).toMatchObject({ flag_tc: true });
  expect(short && decode(short).answers?.length).toBeLessThan(40);
  expect(whole && decode(whole)).toMatchObject({ flag_tc: false });
  expect(whole && decode(whole).answers).toHaveLength(40);
});

it('keeps silent at an answer, and at a single byte', () => {
  expect(ask({ ...question('known.example'), type: 'response' })).toBeUndefined();
  expect(ask(Buffer.from([1]))).toBeUndefined();
});

it('fits eight addresses of a long name into what every resolver takes over UDP', () => {
  const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.elb.us-east-1.amazonaws.com`;
  const eight = Array.from({ length: 8 }, (_, host) => `10.0.0.${host}`);
  const answer = reply(encode(question(name)), () => ({ addresses: eight, ttl: 60 }));
  expect(answer?.length).toBeLessThanOrEqual(512);
  expect(answer && decode(answer).answers).toHaveLength(8);
});
