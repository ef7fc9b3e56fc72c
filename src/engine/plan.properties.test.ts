import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { AlbridgeError } from './errors.ts';
import type { Fate } from './fate.ts';
import { type Known, unknown } from './observation.ts';
import { type Plan, type PlanInput, plan, unconfirmed, withoutAdditions } from './plan.ts';
import type { Policy } from './policy.ts';
import type { Contents, Entry, EntryState } from './sink.ts';

// A small world, so that addresses collide often; one of them no sink takes.
const address = fc.constantFrom(
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.4',
  '10.0.0.5',
  '203.0.113.1',
  'fd00::1',
);
const state = fc.constantFrom<EntryState>('healthy', 'initial', 'unhealthy', 'unused', 'draining');
const fate = fc.constantFrom<Fate>('gone', 'reassigned', 'alive', 'in-service', 'untold');

const observed: fc.Arbitrary<Known> = fc.record({
  kind: fc.constant('known' as const),
  addresses: fc.array(address),
  extent: fc.constantFrom('complete', 'sample'),
  outOfService: fc.constant([]),
});

const entry: fc.Arbitrary<Entry> = fc
  .record({ address, state, foreign: fc.boolean() })
  .map(({ foreign, ...rest }) => ({
    ...rest,
    id: rest.address,
    ...(foreign ? { foreign: true as const } : {}),
  }));

const current: fc.Arbitrary<Contents> = fc.record({
  entries: fc.uniqueArray(entry, { selector: ({ address }) => address }),
  networks: fc.constantFrom(['10.0.0.0/8'], ['0.0.0.0/0', '::/0'], ['::/0']),
  healthChecked: fc.boolean(),
});

const policy: fc.Arbitrary<Policy> = fc.record({
  mode: fc.constantFrom('sync', 'upsert-only'),
  minHealthyPercent: fc.nat(100),
  maxRemovals: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Number.POSITIVE_INFINITY)),
});

const fates = fc.array(fc.tuple(address, fate)).map((pairs) => new Map(pairs));
const input: fc.Arbitrary<PlanInput> = fc.record({ observed, current, policy, fates });

function removed({ remove }: Plan): Address[] {
  return remove.map((removal) => removal.entry.address);
}

function registered({ entries }: Contents): Address[] {
  return entries.filter((held) => held.state !== 'draining').map((held) => held.address);
}

/** The sink after the plan, its additions healthy. */
function applied({ current }: PlanInput, done: Plan): Contents {
  const gone = new Set([...removed(done), ...done.add]);
  const kept = current.entries.filter((held) => !gone.has(held.address));
  return {
    ...current,
    entries: [...kept, ...done.add.map((added): Entry => ({ address: added, state: 'healthy', id: added }))],
  };
}

describe('plan', () => {
  it('changes nothing where the source is unknown (FM1)', () => {
    fc.assert(
      fc.property(input, (given) => {
        const cause = unknown(new AlbridgeError('source-unknown', 'no answer'));
        expect(plan({ ...given, observed: cause })).toEqual({ add: [], remove: [], withheld: [] });
      }),
    );
  });

  it('leaves something registered where something was', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (registered(given.current).length === 0) return;
        expect(registered(applied(given, plan(given)))).not.toEqual([]);
      }),
    );
  });

  it('leaves something registered even where no addition succeeds (FM32)', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (registered(given.current).length === 0) return;
        const settled = withoutAdditions(plan(given), [], given.current);
        expect(registered(applied(given, settled))).not.toEqual([]);
      }),
    );
  });

  it('never adds what it removes, nor removes what is desired, draining, foreign or unconfirmed', () => {
    fc.assert(
      fc.property(input, (given) => {
        const result = plan(given);
        for (const { entry } of result.remove) {
          expect(result.add).not.toContain(entry.address);
          expect(given.observed).not.toMatchObject({ addresses: expect.arrayContaining([entry.address]) });
          expect(entry.state).not.toBe('draining');
          expect(entry.foreign).toBeUndefined();
          expect(given.fates.has(entry.address)).toBe(true);
        }
      }),
    );
  });

  it('removes nothing before its fate is known', () => {
    fc.assert(
      fc.property(input, (given) => {
        const draft = plan({ ...given, fates: new Map() });
        expect(draft.remove).toEqual([]);
        expect(unconfirmed(draft)).toEqual(expect.arrayContaining(removed(plan(given))));
      }),
    );
  });

  it('removes what still works only where enough of the desired are healthy (FM7)', () => {
    fc.assert(
      fc.property(input, (given) => {
        const result = plan(given);
        if (!result.remove.some(({ cause }) => cause === 'replaced')) return;
        const wanted = new Set((given.observed as Known).addresses.filter((one) => !isRefused(one, given)));
        const serving = [...wanted].filter(
          (one) =>
            given.current.entries.some((held) => held.address === one && held.state === 'healthy') ||
            (!given.current.healthChecked && result.add.includes(one)),
        );
        expect(serving.length * 100).toBeGreaterThanOrEqual(given.policy.minHealthyPercent * wanted.size);
      }),
    );
  });

  it('removes no more than maxRemovals, and nothing in upsert-only', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { length } = plan(given).remove;
        expect(length).toBeLessThanOrEqual(given.policy.mode === 'sync' ? given.policy.maxRemovals : 0);
      }),
    );
  });

  it('does not depend on the order of what it is given', () => {
    const shuffled = input.chain((given) =>
      fc.record({
        given: fc.constant(given),
        addresses: fc.shuffledSubarray([...(given.observed as Known).addresses], {
          minLength: (given.observed as Known).addresses.length,
        }),
        entries: fc.shuffledSubarray([...given.current.entries], { minLength: given.current.entries.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, addresses, entries }) => {
        const observed = { ...(given.observed as Known), addresses };
        expect(plan({ ...given, observed, current: { ...given.current, entries } })).toEqual(plan(given));
      }),
    );
  });

  it('has nothing left to add after one pass, and nothing at all to do after enough of them', () => {
    fc.assert(
      fc.property(input, (given) => {
        let now = given;
        for (let pass = 0; pass < 8; pass++) now = { ...now, current: applied(now, plan(now)) };
        expect(plan({ ...given, current: applied(given, plan(given)) }).add).toEqual([]);
        expect(plan(now)).toMatchObject({ add: [], remove: [] });
      }),
    );
  });
});

function isRefused(one: Address, { current: { networks } }: PlanInput): boolean {
  const family = one.includes(':') ? '::/0' : '0.0.0.0/0';
  return !networks.includes(family) && !(networks.includes('10.0.0.0/8') && one.startsWith('10.'));
}
