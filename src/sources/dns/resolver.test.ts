import { getServers, setServers } from 'node:dns';
import { type Answer, AUTHORITATIVE_ANSWER, decode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchanged } from './exchange.ts';
import type { DnsAnswer, DnsQuestion } from './question.ts';
import { dnsResolver } from './resolver.ts';
import { answerTo } from './testing/answers.ts';

type Serve = (query: Packet, exchanged: Exchanged) => Buffer | Error;

const late = Object.assign(new Error('no answer within 1000 ms'), { code: 'ETIMEOUT' });
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const host = (name: string, data: string, ttl = 60): Answer => ({ type: 'A', name, ttl, data });
const withCode =
  (code: number): Serve =>
  (query) =>
    answerTo(query, [], code);
const found: Serve = (query) => answerTo(query, [host('web.test', '10.0.0.1')]);

/** What the resolver makes of servers that serve so, the first of them 10.0.0.2, and whom it asked how. */
async function ask(
  servers: readonly Serve[],
  question: Partial<DnsQuestion> = {},
): Promise<{ answer: DnsAnswer; asked: string[] }> {
  const asked: string[] = [];
  const resolve = dnsResolver({
    systemServers: () => servers.map((_, index) => `10.0.0.${index + 2}`),
    newId: () => 4711,
    async exchange(exchanged) {
      const { server, transport, message } = exchanged;
      asked.push(`${transport} ${server.address}:${server.port}`);
      const serve = servers[Number(server.address.split('.')[3]) - 2] ?? found;
      const reply = serve(decode(message), exchanged);
      if (reply instanceof Error) throw reply;
      if (!exchanged.answers(reply)) throw late;
      return reply;
    },
  });
  return { answer: await resolve({ name: 'web.test', type: 'A', ...question }), asked };
}

describe('dnsResolver', () => {
  it('gives values without repetitions, and the shortest time that any may be kept', async () => {
    const records = [
      host('web.test', '10.0.0.1', 30),
      host('WEB.test', '10.0.0.2', 20),
      host('web.test', '10.0.0.1'),
    ];
    const { answer, asked } = await ask([(query) => answerTo(query, records, AUTHORITATIVE_ANSWER)]);
    const values = ['10.0.0.1', '10.0.0.2'];
    expect(answer).toEqual({ kind: 'answered', values, ttl: 20, truncated: false, authoritative: true });
    expect(asked).toEqual(['udp 10.0.0.2:53']);
  });

  it('follows aliases, however the records are ordered', async () => {
    const records: Answer[] = [
      host('node.test', '10.0.0.9', 60),
      { type: 'CNAME', name: 'web.test', ttl: 5, data: 'writer.test' },
      { type: 'CNAME', name: 'writer.test', ttl: 600, data: 'node.test' },
      host('stranger.test', '10.9.9.9'),
    ];
    const { answer } = await ask([(query) => answerTo(query, records)]);
    expect(answer).toMatchObject({ values: ['10.0.0.9'], ttl: 5, authoritative: false });
  });

  it('gives IPv6 addresses in canonical form, and names without the dot of the root', async () => {
    const six: Answer = { type: 'AAAA', name: 'web.test', ttl: 60, data: '2001:db8:0:0:0:0:0:1' };
    const ns: Answer = { type: 'NS', name: 'web.test', ttl: 60, data: 'NS-1.test' };
    const both: Serve = (query) => answerTo(query, [six, ns]);
    expect((await ask([both], { type: 'AAAA' })).answer).toMatchObject({ values: ['2001:db8::1'] });
    expect((await ask([both], { type: 'NS' })).answer).toMatchObject({ values: ['ns-1.test'] });
  });

  it.each([
    { name: 'NXDOMAIN', serve: withCode(3), failure: 'no-such-name', told: 'NXDOMAIN' },
    { name: 'SERVFAIL', serve: withCode(2), failure: 'server-failure', told: 'SERVFAIL' },
    { name: 'REFUSED', serve: withCode(5), failure: 'refused', told: 'REFUSED' },
    { name: 'an unknown code', serve: withCode(11), failure: 'refused', told: 'response code 11' },
    { name: 'nothing', serve: withCode(0), failure: 'no-records', told: 'no A record' },
    { name: 'no message at all', serve: () => late, failure: 'no-answer', told: 'no answer within 1000 ms' },
    { name: 'a closed port', serve: () => refused, failure: 'unreachable', told: 'ECONNREFUSED' },
    {
      name: 'rubbish',
      serve: () => Buffer.from('1267ffffffffffff', 'hex'),
      failure: 'malformed',
      told: 'cannot be read',
    },
    {
      name: 'an alias alone',
      serve: (query: Packet) =>
        answerTo(query, [{ type: 'CNAME', name: 'web.test', ttl: 5, data: 'lost.test' }]),
      failure: 'no-records',
      told: "no A record for 'lost.test'",
    },
  ])('tells $name apart (FM1)', async ({ serve, failure, told }) => {
    const { answer } = await ask([serve]);
    expect(answer).toMatchObject({ kind: 'unanswered', failure });
    const { message } = answer as { message: string };
    expect(message).toContain("dns did not answer for A of 'web.test': 10.0.0.2:53: ");
    expect(message).toContain(told);
  });

  it('says that there is no server to ask', async () => {
    expect((await ask([])).answer).toMatchObject({
      failure: 'unreachable',
      message: "dns did not answer for A of 'web.test': there is no name server to ask",
    });
    expect((await ask([found], { servers: ['nobody'] })).answer).toMatchObject({ failure: 'unreachable' });
  });

  it('takes no answer to another question, or under another id', async () => {
    const forged: Serve = (query) => answerTo({ ...query, id: 4712 }, [host('web.test', '10.6.6.6')]);
    const other: Serve = (query) =>
      answerTo({ ...query, questions: [{ name: 'other.test', type: 'A' }] }, [host('web.test', '10.6.6.6')]);
    expect((await ask([forged])).answer).toMatchObject({ failure: 'no-answer' });
    expect((await ask([other])).answer).toMatchObject({ failure: 'no-answer' });
  });

  it('goes on to the next server, round and round, where one fails', async () => {
    const first = await ask([() => late, withCode(2), found]);
    expect(first.answer).toMatchObject({ values: ['10.0.0.1'] });
    const { asked } = await ask([() => late, withCode(2)]);
    expect(asked).toEqual(['udp 10.0.0.2:53', 'udp 10.0.0.3:53', 'udp 10.0.0.2:53', 'udp 10.0.0.3:53']);
  });

  it('asks three servers at most, twice each', async () => {
    const { asked } = await ask(Array.from({ length: 5 }, () => withCode(2)));
    expect(new Set(asked).size).toBe(3);
    expect(asked).toHaveLength(6);
  });

  it.each([
    ['there is no such name', withCode(3)],
    ['it has no such record', withCode(0)],
  ])('believes the first server that says: %s', async (_name, serve) => {
    expect((await ask([serve, found])).asked).toEqual(['udp 10.0.0.2:53']);
  });

  it('writes where an IPv6 server is as an address is written with a port', async () => {
    const { answer } = await ask([withCode(2)], { servers: ['fd00::2'] });
    expect(answer).toMatchObject({ kind: 'answered' });
    const refusing = dnsResolver({ exchange: () => Promise.reject(refused) });
    expect(await refusing({ name: 'web.test', type: 'A', servers: ['fd00::2'] })).toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining(': [fd00::2]:53: connect ECONNREFUSED'),
    });
  });

  it('asks over TCP for an answer that was cut (FM5)', async () => {
    const cut: Serve = (query, { transport }) =>
      transport === 'udp'
        ? answerTo(query, [host('web.test', '10.0.0.1')], TRUNCATED_RESPONSE)
        : answerTo(query, [host('web.test', '10.0.0.1'), host('web.test', '10.0.0.2')]);
    const { answer, asked } = await ask([cut]);
    expect(answer).toMatchObject({ values: ['10.0.0.1', '10.0.0.2'], truncated: false });
    expect(asked).toEqual(['udp 10.0.0.2:53', 'tcp 10.0.0.2:53']);
  });

  it('gives a cut answer as such where TCP does not get through', async () => {
    const cut: Serve = (query, { transport }) =>
      transport === 'tcp' ? refused : answerTo(query, [host('web.test', '10.0.0.1')], TRUNCATED_RESPONSE);
    expect((await ask([cut])).answer).toMatchObject({ values: ['10.0.0.1'], truncated: true });
    const empty: Serve = (query, { transport }) =>
      transport === 'tcp' ? refused : answerTo(query, [], TRUNCATED_RESPONSE);
    expect((await ask([empty])).answer).toMatchObject({ failure: 'unreachable' });
  });

  it('asks the servers that a question names, on their ports; without one, on the port that the system has', async () => {
    const asked: string[] = [];
    const resolve = dnsResolver({
      systemServers: () => ['127.0.0.1:5399'],
      async exchange({ server, message }) {
        asked.push(`${server.address}:${server.port} ${decode(message).flag_rd}`);
        throw late;
      },
    });
    await resolve({ name: 'web.test', type: 'A', servers: ['127.0.0.1', '10.0.0.2', '[fd00::2]:5353'] });
    expect(asked.slice(0, 3)).toEqual(['127.0.0.1:5399 true', '10.0.0.2:53 true', 'fd00::2:5353 true']);
    asked.length = 0;
    await resolve({ name: 'web.test', type: 'A', authoritative: true });
    expect(asked[0]).toBe('127.0.0.1:5399 false');
  });

  it('follows the servers that the process is set to, and comes to an end where nobody is there', async () => {
    const before = getServers();
    try {
      setServers(['127.0.0.1:1']);
      const answer = await dnsResolver()({ name: 'web.test', type: 'A' });
      expect(answer).toMatchObject({
        failure: 'unreachable',
        message: expect.stringContaining('127.0.0.1:1: '),
      });
    } finally {
      setServers(before);
    }
  });

  it('makes nothing of what is no answer, whatever it is (FM1)', async () => {
    const anything = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        if (bytes.length >= 2) bytes.writeUInt16BE(4711, 0);
        expect((await ask([() => bytes])).answer.kind).toBe('unanswered');
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it('gives all addresses of an answer or none, wherever it is damaged (FM2)', async () => {
    const records = [1, 2, 3, 4].map((last) => host('web.test', `10.0.0.${last}`));
    await fc.assert(
      fc.asyncProperty(fc.nat(200), fc.nat(255), fc.nat(), async (length, byte, place) => {
        const damaged: Serve = (query) => {
          const whole = answerTo(query, records);
          return whole.subarray(0, Math.max(2, whole.length - length));
        };
        const changed: Serve = (query) => {
          const whole = answerTo(query, records);
          // Past the counts of the header, which say how many records there are.
          whole[whole.length - 1 - (place % 60)] = byte;
          return whole;
        };
        const { answer } = await ask([damaged]);
        if (answer.kind === 'answered') expect(answer.values).toHaveLength(4);
        expect((await ask([changed])).answer).toHaveProperty('kind');
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
