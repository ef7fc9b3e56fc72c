import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExhaustiveOptions, exhaustiveAnswer } from './exhaustive-answer.ts';
import type { Answered, DnsAnswer, DnsQuestion, Resolve } from './question.ts';
import { addresses, answered, unanswered } from './testing/answers.ts';

const name = 'web-1.elb.test';

interface Asked extends DnsQuestion {
  servers: readonly string[];
}

/** A zone with these servers, each of which answers about the name by itself. */
function zone(
  servers: readonly string[],
  answer: (question: Asked) => DnsAnswer,
): Resolve & { asked: DnsQuestion[] } {
  const asked: DnsQuestion[] = [];
  const resolve: Resolve = async (question) => {
    asked.push(question);
    if (question.type === 'NS') {
      return question.name === 'elb.test'
        ? answered(servers.map((_, index) => `ns-${index}.test`))
        : unanswered('no-records');
    }
    if (question.name.startsWith('ns-')) return answered([servers[Number(question.name[3])] ?? '']);
    return answer(question as Asked);
  };
  return Object.assign(resolve, { asked });
}

/** Chance, the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function eightOf(all: readonly string[], random: () => number): string[] {
  const left = [...all];
  return Array.from(
    { length: Math.min(8, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0] ?? '',
  );
}

function search(resolve: Resolve, candidates: readonly string[], other: Partial<ExhaustiveOptions> = {}) {
  return exhaustiveAnswer({ name, candidates: new Set(candidates), resolve, now: () => 0, ...other });
}

const about = ({ asked }: { asked: DnsQuestion[] }) => asked.filter((question) => question.name === name);

describe('exhaustiveAnswer', () => {
  it('asks the servers of the zone, for what they hold, until absence is no chance (FM33)', async () => {
    const random = chance(1);
    const serving = addresses(12);
    const resolve = zone(['10.9.0.1', '10.9.0.2'], () => answered(eightOf(serving, random)));
    const found = await search(resolve, [...serving, '10.0.1.1', '10.0.1.2']);
    expect([...(found ?? [])].sort()).toEqual([...serving].sort());
    expect(about(resolve)).toHaveLength(24);
    expect(new Set(about(resolve).map(({ servers }) => servers?.join()))).toEqual(
      new Set(['10.9.0.1', '10.9.0.2']),
    );
    expect(about(resolve).every(({ authoritative }) => authoritative)).toBe(true);
  });

  it('asks no more once it has seen all', async () => {
    const random = chance(2);
    const serving = addresses(20);
    const resolve = zone(['10.9.0.1'], () => answered(eightOf(serving, random)));
    expect((await search(resolve, serving))?.size).toBe(20);
    expect(about(resolve).length).toBeLessThan(33);
  });

  it('asks servers that it is given, and looks for no others', async () => {
    const random = chance(3);
    const resolve = zone([], () => answered(eightOf(addresses(12), random)));
    const found = await search(resolve, addresses(14), { servers: ['10.9.9.9:5353'] });
    expect(found?.size).toBe(12);
    expect(new Set(resolve.asked.map(({ servers }) => servers?.join()))).toEqual(new Set(['10.9.9.9:5353']));
  });

  it('never takes an address in service for absent, by more than chance (FM3)', async () => {
    const world = fc.record({
      serving: fc.integer({ min: 9, max: 60 }),
      leaving: fc.integer({ min: 1, max: 20 }),
      seed: fc.nat(),
    });
    let settled = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(world, async ({ serving, leaving, seed }) => {
        const random = chance(seed);
        const resolve = zone(['10.9.0.1', '10.9.0.2'], () => answered(eightOf(addresses(serving), random)));
        const found = await search(resolve, addresses(serving + leaving));
        runs++;
        if (!found) return;
        settled++;
        expect([...found].sort()).toEqual(addresses(serving).sort());
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(settled).toBeGreaterThan(0.97 * runs);
  });

  it('never believes caches, however many there are (FM3)', async () => {
    const world = fc.record({
      serving: fc.integer({ min: 9, max: 60 }),
      caches: fc.integer({ min: 1, max: 4 }),
      leaving: fc.integer({ min: 1, max: 20 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ serving, caches, leaving, seed }) => {
        const random = chance(seed);
        const kept = Array.from({ length: caches }, () => eightOf(addresses(serving), random));
        const servers = kept.map((_, index) => `10.9.0.${index}`);
        const resolve = zone(servers, ({ servers: [server = ''] }) =>
          answered(kept[servers.indexOf(server)] ?? []),
        );
        const found = await search(resolve, addresses(serving + leaving));
        // What it may still find out is the truth.
        if (found) expect([...found].sort()).toEqual(addresses(serving).sort());
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each<{ name: string; answer: DnsAnswer }>([
    { name: 'one answer is all that ever comes', answer: answered(addresses(8)) },
    { name: 'answers come out of a cache', answer: answered(addresses(8), { authoritative: false }) },
    { name: 'answers are cut', answer: answered(addresses(5), { truncated: true }) },
    { name: 'nobody answers', answer: unanswered('no-answer') },
  ])('gives up where $name', async ({ answer }) => {
    const resolve = zone(['10.9.0.1', '10.9.0.2'], () => answer);
    expect(await search(resolve, addresses(20))).toBeUndefined();
    expect(about(resolve)).toHaveLength(8);
  });

  it.each<{ name: string; other: Partial<Answered> }>([
    { name: 'come out of a cache', other: { authoritative: false } },
    { name: 'were cut', other: { truncated: true } },
  ])('believes no answers of which some $name (FM3)', async ({ other }) => {
    const random = chance(7);
    const resolve = zone(['10.9.0.1', '10.9.0.2'], ({ servers: [server] }) =>
      answered(eightOf(addresses(12), random), server === '10.9.0.1' ? other : {}),
    );
    expect(await search(resolve, addresses(14))).toBeUndefined();
    expect(about(resolve)).toHaveLength(8);
  });

  it('stops after 256 lookups', async () => {
    const random = chance(8);
    // More is in the draw than was looked for, so that chance is never out of the question.
    const resolve = zone(['10.9.0.1'], () => answered(eightOf(addresses(400), random)));
    expect(await search(resolve, ['10.1.0.1', ...addresses(90)])).toBeUndefined();
    expect(about(resolve)).toHaveLength(256);
  });

  it('goes on without a server that does not answer', async () => {
    const random = chance(4);
    const resolve = zone(['10.9.0.1', '10.9.0.2'], ({ servers }) =>
      servers[0] === '10.9.0.1' ? unanswered('no-answer') : answered(eightOf(addresses(12), random)),
    );
    expect((await search(resolve, addresses(14)))?.size).toBe(12);
    const silent = about(resolve).filter(({ servers }) => servers?.[0] === '10.9.0.1');
    expect(silent).toHaveLength(4);
  });

  it('believes a complete answer, unless another server has a different one', async () => {
    const servers = ['10.9.0.1', '10.9.0.2'];
    const whole = zone(servers, () => answered(addresses(5)));
    expect(await search(whole, addresses(20))).toEqual(new Set(addresses(5)));
    const changing = zone(servers, ({ servers: [server] }) =>
      answered(server === '10.9.0.1' ? addresses(5) : addresses(8)),
    );
    expect(await search(changing, addresses(20))).toBeUndefined();
  });

  it.each<{ name: string; resolve: Resolve }>([
    { name: 'does not tell', resolve: async () => unanswered('no-answer') },
    { name: 'has no name servers', resolve: async () => unanswered('no-records') },
    {
      name: 'does not know where they are',
      resolve: async ({ type }) => (type === 'NS' ? answered(['ns.test']) : unanswered('no-such-name')),
    },
  ])('gives up where the zone $name', async ({ resolve }) => {
    expect(await search(resolve, addresses(20))).toBeUndefined();
  });

  it('looks for the zone further up where it does not begin at the name’s parent', async () => {
    const random = chance(5);
    const resolve = zone(['10.9.0.1'], () => answered(eightOf(addresses(12), random)));
    const deeper = `a.b.${name}`;
    const renamed: Resolve & { asked: DnsQuestion[] } = Object.assign(
      (question: DnsQuestion) => resolve(question.name === deeper ? { ...question, name } : question),
      { asked: resolve.asked },
    );
    expect(await search(renamed, addresses(14), { name: deeper })).toHaveProperty('size', 12);
  });

  it('does not begin what would take too many lookups', async () => {
    const resolve = zone(['10.9.0.1'], () => answered(addresses(8)));
    expect(await search(resolve, addresses(200))).toBeUndefined();
    expect(resolve.asked).toEqual([]);
  });

  it('stops when its time is up', async () => {
    let now = 0;
    const random = chance(6);
    const resolve = zone(['10.9.0.1'], () => {
      now += 500;
      return answered(eightOf(addresses(40), random));
    });
    expect(await search(resolve, addresses(60), { now: () => now })).toBeUndefined();
    expect(about(resolve)).toHaveLength(16);
  });
});
