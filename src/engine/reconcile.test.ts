import { describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { AlbridgeError } from './errors.ts';
import type { Fate } from './fate.ts';
import { complete, type Observation, unknown } from './observation.ts';
import type { Outcome } from './outcome.ts';
import { reconcile, reconcileTogether } from './reconcile.ts';
import type { Contents, Written } from './sink.ts';
import type { Source } from './source.ts';
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
  /** What the sink's writes throw, against their contract. */
  thrown?: Error;
}

/** One pass over a source and a sink in memory, with the calls it made, in order. */
async function pass(world: World): Promise<{ outcome: Outcome; calls: string[] }> {
  const {
    observed = complete([a]),
    current = contents({ [a]: 'healthy' }),
    fates = {},
    refused = [],
    thrown,
  } = world;
  const calls: string[] = [];
  async function answer<Value>(call: string, value: Value | Error): Promise<Value> {
    calls.push(call);
    if (value instanceof Error) throw value;
    return value;
  }
  const write = (call: string, addresses: readonly Address[]): Promise<Written> => {
    const failed = addresses.filter((address) => refused.includes(address));
    const written = {
      addresses: addresses.filter((address) => !refused.includes(address)),
      errors: failed.map((address) => new AlbridgeError('write-failed', `${call} of ${address} failed`)),
    };
    return answer(`${call} ${addresses.join(' ')}`, thrown ?? written);
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
    expect(outcome).toEqual({
      binding: 'bridge',
      registered: [a],
      added: [],
      removed: [],
      withheld: [],
      unused: [],
      errors: [cause],
    });
  });

  it('takes a source that throws for one that does not know (FM1)', async () => {
    const { outcome, calls } = await pass({ observed: new Error('boom') });
    expect(calls).toEqual(['read sink', 'read source']);
    expect(outcome.errors).toMatchObject([{ code: 'source-unknown', message: 'boom' }]);
  });

  it('does not even read the source where the sink cannot be read', async () => {
    const { outcome, calls } = await pass({ current: new Error('denied') });
    expect(calls).toEqual(['read sink']);
    expect(outcome).toEqual({
      binding: 'bridge',
      added: [],
      removed: [],
      withheld: [],
      unused: [],
      errors: [new AlbridgeError('sink-unreadable', 'denied')],
    });
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

  it('takes a sink whose writes throw for one that wrote nothing (FM32)', async () => {
    const { outcome, calls } = await pass({
      observed: complete([b]),
      fates: { [a]: 'gone' },
      thrown: new Error('socket hang up'),
    });
    expect(calls).toEqual(['read sink', 'read source', `confirm ${a}`, `add ${b}`]);
    expect(outcome).toMatchObject({ added: [], removed: [], registered: [a] });
    expect(outcome.withheld).toEqual([{ address: a, action: 'remove', reason: 'add-failed' }]);
    expect(outcome.errors).toMatchObject([{ code: 'write-failed', message: 'socket hang up' }]);
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

describe('reconcileTogether', () => {
  /** A pass of two bindings of one source, with the calls it made, in order. */
  async function together(
    first: Contents | Error,
    second: Contents | Error,
  ): Promise<{ outcomes: Outcome[]; calls: string[] }> {
    const calls: string[] = [];
    const binding = (name: string, current: Contents | Error) => ({
      name,
      policy: policy(),
      sink: {
        async read(): Promise<Contents> {
          calls.push(`read ${name}`);
          if (current instanceof Error) throw current;
          return current;
        },
        async add(addresses: readonly Address[]): Promise<Written> {
          calls.push(`add to ${name}`);
          return { addresses, errors: [] };
        },
        remove: async (): Promise<Written> => ({ addresses: [], errors: [] }),
      },
    });
    const source: Source = {
      async read() {
        calls.push('read source');
        return complete([a]);
      },
      confirm: async () => new Map(),
    };
    const outcomes = await reconcileTogether(source, [binding('one', first), binding('two', second)]);
    return { outcomes, calls };
  }

  it('reads every sink, then the source once, and only then writes (FM15)', async () => {
    const { outcomes, calls } = await together(contents({}), contents({}));
    expect(calls).toEqual(['read one', 'read two', 'read source', 'add to one', 'add to two']);
    expect(outcomes).toMatchObject([
      { binding: 'one', added: [a] },
      { binding: 'two', added: [a] },
    ]);
  });

  it('goes on with the others where one sink cannot be read (FM20)', async () => {
    const { outcomes, calls } = await together(new Error('denied'), contents({}));
    expect(calls).toEqual(['read one', 'read two', 'read source', 'add to two']);
    expect(outcomes).toMatchObject([
      { binding: 'one', errors: [{ code: 'sink-unreadable' }] },
      { binding: 'two', added: [a], errors: [] },
    ]);
  });

  it('does not read the source where no sink can be read', async () => {
    const { outcomes, calls } = await together(new Error('denied'), new Error('gone'));
    expect(calls).toEqual(['read one', 'read two']);
    expect(outcomes.map(({ errors }) => errors[0]?.message)).toEqual(['denied', 'gone']);
  });

  it('takes a source that answers nonsense for a failure of its bindings', async () => {
    const nonsense = complete([undefined as unknown as Address]);
    const { outcome, calls } = await pass({ observed: nonsense });
    expect(calls).toEqual(['read sink', 'read source']);
    expect(outcome.errors).toMatchObject([{ code: 'source-unknown' }]);
  });
});
