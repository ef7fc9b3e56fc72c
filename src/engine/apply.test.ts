import { describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { AlbridgeError } from './errors.ts';
import type { Fate } from './fate.ts';
import { complete } from './observation.ts';
import type { Outcome } from './outcome.ts';
import { reconcile } from './reconcile.ts';
import type { Entry, EntryState, Sink, Written } from './sink.ts';
import { contents, entries, policy } from './testing/contents.ts';

interface Quota {
  sink: Sink;
  held: Map<Address, Entry>;
  calls: string[];
}

interface Habits {
  /** What is removed holds its place until it has drained. */
  drains?: boolean;
  /** Somebody else takes the place of what is removed. */
  taken?: boolean;
  /** Addresses that it does not let go. */
  stuck?: readonly Address[];
}

/** A sink that holds so many entries and no more; what is removed frees its place at once, unless told otherwise. */
function sinkOf(places: number, states: Record<Address, EntryState>, habits: Habits = {}): Quota {
  const { drains = false, taken = false, stuck = [] } = habits;
  let limit = places;
  const held = new Map(entries(states).map((entry) => [entry.address, entry]));
  const calls: string[] = [];
  return {
    held,
    calls,
    sink: {
      read: async () => contents({}, { entries: [...held.values()] }),
      async add(addresses): Promise<Written> {
        const fitting = addresses.slice(0, Math.max(0, limit - held.size));
        calls.push(`add ${fitting.length} of ${addresses.length}`);
        for (const address of fitting) held.set(address, { address, state: 'initial', id: address });
        if (fitting.length === addresses.length) return { addresses, errors: [] };
        return { addresses: fitting, errors: [new AlbridgeError('write-failed', 'full')], full: true };
      },
      async remove(removed): Promise<Written> {
        calls.push(`remove ${removed.length}`);
        const leaving = removed.filter(({ address }) => !stuck.includes(address));
        for (const { address, id } of leaving) {
          if (drains) held.set(address, { address, id, state: 'draining' });
          else held.delete(address);
          if (taken) limit -= 1;
        }
        const failed = removed.filter(({ address }) => stuck.includes(address));
        return {
          addresses: leaving.map(({ address }) => address),
          errors: failed.map(({ address }) => new AlbridgeError('write-failed', `${address} stays`)),
        };
      },
    },
  };
}

function passOver({ sink }: Quota, desired: readonly Address[], fate: Fate): Promise<Outcome> {
  return reconcile({
    name: 'full',
    source: {
      read: async () => complete(desired),
      confirm: async (addresses) => new Map(addresses.map((address) => [address, fate])),
    },
    sink,
    policy: policy(),
  });
}

const range = (from: number, to: number): Address[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `10.0.0.${from + index}`);
const states = (state: EntryState, addresses: readonly Address[]) =>
  Object.fromEntries(addresses.map((address) => [address, state]));

describe('a pass over a sink that is full', () => {
  it('adds, frees as many as are missing, adds the rest, and removes the rest (FM8)', async () => {
    const quota = sinkOf(10, states('unhealthy', range(101, 108)));
    const outcome = await passOver(quota, range(1, 5), 'gone');
    expect(quota.calls).toEqual(['add 2 of 5', 'remove 3', 'add 3 of 3', 'remove 5']);
    expect(outcome).toMatchObject({ added: range(1, 5), registered: range(1, 5), withheld: [], errors: [] });
    expect(outcome.removed).toHaveLength(8);
  });

  it('frees nothing where everything fits (FM7)', async () => {
    const quota = sinkOf(10, states('unhealthy', range(101, 105)));
    await passOver(quota, range(1, 5), 'gone');
    expect(quota.calls).toEqual(['add 5 of 5', 'remove 5']);
  });

  it('keeps one until something is registered beside it (FM8)', async () => {
    const quota = sinkOf(3, states('unhealthy', range(101, 103)));
    const outcome = await passOver(quota, range(1, 3), 'gone');
    expect(quota.calls).toEqual(['add 0 of 3', 'remove 2', 'add 2 of 3']);
    expect(outcome.registered).toEqual([...range(1, 2), '10.0.0.103']);
    expect(outcome).toMatchObject({ errors: [{ message: 'full' }], withheld: [{ reason: 'add-failed' }] });

    const next = await passOver(quota, range(1, 3), 'gone');
    expect(next).toMatchObject({ registered: range(1, 3), errors: [] });
  });

  it('counts on nothing whose removal got no answer (FM8)', async () => {
    const quota = sinkOf(2, states('healthy', range(101, 102)), { drains: true });
    const { remove } = quota.sink;
    const unanswered: Sink['remove'] = async (removed) => {
      await remove(removed);
      return { addresses: [], errors: [new AlbridgeError('write-failed', 'timed out')] };
    };
    const outcome = await passOver(
      { ...quota, sink: { ...quota.sink, remove: unanswered } },
      range(1, 1),
      'reassigned',
    );
    expect(quota.calls).toEqual(['add 0 of 1', 'remove 1']);
    expect(outcome.withheld).toMatchObject([{ address: '10.0.0.102', reason: 'last-registered' }]);
  });

  it('tells that it is full where nothing may go', async () => {
    const quota = sinkOf(3, states('healthy', range(101, 103)));
    const outcome = await passOver(quota, range(1, 1), 'in-service');
    expect(quota.calls).toEqual(['add 0 of 1']);
    expect(outcome).toMatchObject({ added: [], removed: [], errors: [{ message: 'full' }] });
  });

  it('keeps the last one beside what it could not free, and tells of both (FM32)', async () => {
    const quota = sinkOf(2, states('healthy', range(101, 102)), { stuck: range(101, 101) });
    const outcome = await passOver(quota, range(1, 1), 'reassigned');
    expect(quota.calls).toEqual(['add 0 of 1', 'remove 1']);
    expect(outcome).toMatchObject({
      registered: range(101, 102),
      removed: [],
      withheld: [{ address: '10.0.0.102', reason: 'last-registered' }],
      errors: [{ message: 'full' }, { message: '10.0.0.101 stays' }],
    });
  });

  it('keeps the last one where room was made for nothing', async () => {
    const quota = sinkOf(2, states('healthy', range(101, 102)), { taken: true });
    const outcome = await passOver(quota, range(1, 1), 'reassigned');
    expect(quota.calls).toEqual(['add 0 of 1', 'remove 1', 'add 0 of 1']);
    expect(outcome).toMatchObject({
      registered: range(102, 102),
      withheld: [{ address: '10.0.0.102', reason: 'last-registered' }],
      errors: [{ message: 'full' }],
    });
  });

  it.each([
    { name: 'frees their places at once', drains: false },
    { name: 'holds places until they have drained', drains: true },
  ])('replaces every working target without falling below all but one (FM8): $name', async ({ drains }) => {
    const quota = sinkOf(6, states('healthy', range(101, 106)), { drains });
    const desired = range(1, 6);
    for (let pass = 0; pass < 20; pass++) {
      await passOver(quota, desired, 'alive');
      const serving = [...quota.held.values()].filter(({ state }) => state === 'healthy');
      expect(serving.length).toBeGreaterThanOrEqual(5);
      // Before the next pass: what was added is healthy, what drained is gone.
      for (const [address, entry] of quota.held) {
        if (entry.state === 'draining') quota.held.delete(address);
        else quota.held.set(address, { ...entry, state: 'healthy' });
      }
    }
    expect([...quota.held.keys()].sort()).toEqual(desired);
  });
});
