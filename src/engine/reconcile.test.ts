import { describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { AlbridgeError } from './errors.ts';
import type { Fate } from './fate.ts';
import { complete, type Observation, unknown } from './observation.ts';
import type { Outcome } from './outcome.ts';
import { reconcile } from './reconcile.ts';
import type { Contents, Written } from './sink.ts';
import { contents, policy } from './testing/contents.ts';

const a = '10.0.0.1';
const b = '10.0.0.2';
const c = '10.0.0.3';

interface World {
  observed?: Observation | Error;
  current?: Contents | Error;
  fates?: Readonly<Record<Address, Fate>> | Error;
  /** Addresses that the sink refuses to take, or to let go. */
  refused?: readonly Address[];
}

/** One pass over a source and a sink in memory, with the calls it made, in order. */
async function pass(world: World): Promise<{ outcome: Outcome; calls: string[] }> {
  const {
    observed = complete([a]),
    current = contents({ [a]: 'healthy' }),
    fates = {},
    refused = [],
  } = world;
  const calls: string[] = [];
  async function answer<Value>(call: string, value: Value | Error): Promise<Value> {
    calls.push(call);
    if (value instanceof Error) throw value;
    return value;
  }
  const write = (call: string, addresses: readonly Address[]): Promise<Written> => {
    const failed = addresses.filter((address) => refused.includes(address));
    return answer(`${call} ${addresses.join(' ')}`, {
      addresses: addresses.filter((address) => !refused.includes(address)),
      errors: failed.map((address) => new AlbridgeError('write-failed', `${call} of ${address} failed`)),
    });
  };
  const outcome = await reconcile({
    name: 'bridge',
    source: {
      read: () => answer('read source', observed),
      confirm: (addresses) =>
        answer(
          `confirm ${addresses.join(' ')}`,
          fates instanceof Error ? fates : new Map(Object.entries(fates)),
        ),
    },
    sink: {
      read: () => answer('read sink', current),
      add: (addresses) => write('add', addresses),
      remove: (entries) =>
        write(
          'remove',
          entries.map(({ address }) => address),
        ),
    },
    policy: policy(),
  });
  return { outcome, calls };
}

describe('reconcile', () => {
  it('reads and does nothing else where nothing is to change (FM21)', async () => {
    const { outcome, calls } = await pass({});
    expect(calls).toEqual(['read sink', 'read source']);
    expect(outcome).toEqual({
      binding: 'bridge',
      desired: [a],
      registered: [a],
      healthy: [a],
      added: [],
      removed: [],
      withheld: [],
      unused: [],
      errors: [],
    });
  });

  it('reads the sink first, confirms, adds, and only then removes (FM15, FM2, FM7)', async () => {
    const { outcome, calls } = await pass({
      observed: complete([b]),
      current: contents({ [a]: 'healthy' }),
      fates: { [a]: 'gone' },
    });
    expect(calls).toEqual(['read sink', 'read source', `confirm ${a}`, `add ${b}`, `remove ${a}`]);
    expect(outcome).toMatchObject({
      added: [b],
      removed: [{ address: a, cause: 'gone' }],
      registered: [b],
      healthy: [],
    });
  });

  it('adds without asking for fates where nothing is to go', async () => {
    const { calls } = await pass({ observed: complete([a, b]) });
    expect(calls).toEqual(['read sink', 'read source', `add ${b}`]);
  });

  it('writes nothing, and fails, where the source does not know (FM1)', async () => {
    const cause = new AlbridgeError('source-unknown', 'no interface');
    const { outcome, calls } = await pass({ observed: unknown(cause) });
    expect(calls).toEqual(['read sink', 'read source']);
    expect(outcome).toMatchObject({ errors: [cause], registered: [a] });
    expect(outcome.desired).toBeUndefined();
    expect(outcome.healthy).toBeUndefined();
  });

  it('takes a source that throws for one that does not know (FM1)', async () => {
    const { outcome, calls } = await pass({ observed: new Error('boom') });
    expect(calls).toEqual(['read sink', 'read source']);
    expect(outcome.errors).toMatchObject([{ code: 'source-unknown', message: 'boom' }]);
  });

  it('does not even read the source where the sink cannot be read', async () => {
    const { outcome, calls } = await pass({ current: new Error('denied') });
    expect(calls).toEqual(['read sink']);
    expect(outcome.errors).toMatchObject([{ code: 'sink-unreadable', message: 'denied' }]);
    expect(outcome.registered).toBeUndefined();
  });

  it('adds, removes nothing and fails where fates cannot be confirmed (FM2)', async () => {
    const { outcome, calls } = await pass({
      observed: complete([b]),
      current: contents({ [a]: 'unhealthy' }),
      fates: new Error('throttled'),
    });
    expect(calls).toEqual(['read sink', 'read source', `confirm ${a}`, `add ${b}`]);
    expect(outcome.errors).toMatchObject([{ code: 'unconfirmed' }]);
    expect(outcome.withheld).toEqual([{ address: a, action: 'remove', reason: 'unconfirmed' }]);
  });

  it('keeps what a failed addition was to replace, and tells what was done (FM32)', async () => {
    const { outcome, calls } = await pass({
      observed: complete([b, c]),
      current: contents({ [a]: 'healthy' }),
      fates: { [a]: 'gone' },
      refused: [c],
    });
    expect(calls).toEqual(['read sink', 'read source', `confirm ${a}`, `add ${b} ${c}`]);
    expect(outcome).toMatchObject({ added: [b], removed: [], registered: [a, b] });
    expect(outcome.withheld).toEqual([{ address: a, action: 'remove', reason: 'add-failed' }]);
    expect(outcome.errors).toMatchObject([{ code: 'write-failed' }]);
  });

  it('counts as removed only what was', async () => {
    const { outcome } = await pass({
      current: contents({ [a]: 'healthy', [b]: 'healthy', [c]: 'healthy' }),
      fates: { [b]: 'gone', [c]: 'gone' },
      refused: [c],
    });
    expect(outcome.removed).toEqual([{ address: b, cause: 'gone' }]);
    expect(outcome.registered).toEqual([a, c]);
  });

  it('reports desired targets that get no traffic (FM26)', async () => {
    const { outcome } = await pass({ current: contents({ [a]: 'unused' }) });
    expect(outcome.unused.map(({ address }) => address)).toEqual([a]);
  });
});
