import { describe, expect, it } from 'vitest';
import type { Fate } from './fate.ts';
import { makeRoom } from './make-room.ts';
import { complete } from './observation.ts';
import { plan } from './plan.ts';
import type { Policy } from './policy.ts';
import type { EntryState } from './sink.ts';
import { contents, policy } from './testing/contents.ts';

/** `n(3)` is 10.0.0.3: desired ones count from 1, those to go from 101. */
const n = (index: number): string => `10.0.0.${index}`;
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => n(from + index));

function states(state: EntryState, addresses: readonly string[]): Record<string, EntryState> {
  return Object.fromEntries(addresses.map((address) => [address, state]));
}

interface Row {
  name: string;
  desired: string[];
  current: Record<string, EntryState>;
  fates: Record<string, Fate>;
  /** Additions that did fit. */
  added?: string[];
  policy?: Partial<Policy>;
  want: string[];
}

const fatesOf = (fate: Fate, addresses: readonly string[]) =>
  Object.fromEntries(addresses.map((address) => [address, fate]));

describe('makeRoom (FM8)', () => {
  it.each<Row>([
    {
      name: 'frees what is gone, no more than the additions need',
      desired: range(1, 2),
      current: states('healthy', range(101, 104)),
      fates: fatesOf('gone', range(101, 104)),
      want: [`${n(101)} gone`, `${n(102)} gone`],
    },
    {
      name: 'frees the most urgent first',
      desired: [n(1)],
      current: { [n(101)]: 'unhealthy', [n(102)]: 'healthy', [n(103)]: 'healthy' },
      fates: { [n(101)]: 'alive', [n(102)]: 'gone', [n(103)]: 'reassigned' },
      want: [`${n(103)} reassigned`],
    },
    {
      name: 'counts what did fit',
      desired: range(1, 3),
      current: states('healthy', range(101, 103)),
      fates: fatesOf('gone', range(101, 103)),
      added: range(1, 2),
      want: [`${n(101)} gone`],
    },
    {
      name: 'never frees the last entry',
      desired: range(1, 5),
      current: states('healthy', range(101, 103)),
      fates: fatesOf('gone', range(101, 103)),
      want: [`${n(101)} gone`, `${n(102)} gone`],
    },
    {
      name: 'frees what works while minHealthyPercent of the desired number go on serving',
      desired: range(1, 4),
      current: states('healthy', range(101, 106)),
      fates: fatesOf('alive', range(101, 106)),
      want: [`${n(101)} making-room`, `${n(102)} making-room`],
    },
    {
      name: 'counts desired targets among those that serve',
      desired: range(1, 4),
      current: { ...states('healthy', range(1, 3)), ...states('healthy', range(101, 103)) },
      fates: fatesOf('alive', range(101, 103)),
      want: [`${n(101)} making-room`],
    },
    {
      name: 'does not count what goes anyway among those that serve',
      desired: range(1, 4),
      current: states('healthy', range(101, 106)),
      fates: { ...fatesOf('gone', range(101, 102)), ...fatesOf('alive', range(103, 106)) },
      want: [`${n(101)} gone`, `${n(102)} gone`],
    },
    {
      name: 'frees what is not healthy yet before what serves',
      desired: range(1, 4),
      current: { ...states('healthy', range(101, 104)), [n(105)]: 'initial' },
      fates: fatesOf('alive', range(101, 105)),
      want: [`${n(105)} making-room`],
    },
    {
      name: 'frees one where the floor would let none go, or nothing could ever follow',
      desired: range(1, 4),
      current: states('healthy', range(101, 104)),
      fates: fatesOf('alive', range(101, 104)),
      want: [`${n(101)} making-room`],
    },
    {
      name: 'and no second one before its replacement serves',
      desired: range(1, 4),
      current: { [n(1)]: 'initial', ...states('healthy', range(102, 104)) },
      fates: fatesOf('alive', range(102, 104)),
      want: [],
    },
    {
      name: 'waits for what drains, which may still hold its place',
      desired: range(1, 4),
      current: { ...states('draining', [n(101)]), ...states('healthy', range(102, 104)) },
      fates: fatesOf('alive', range(102, 104)),
      want: [],
    },
    {
      name: 'frees what works only for those additions that what goes and what drains leave without a place',
      desired: range(1, 4),
      current: { ...states('draining', [n(101)]), ...states('healthy', range(102, 111)) },
      fates: { ...fatesOf('gone', [n(102)]), ...fatesOf('alive', range(103, 111)) },
      want: [`${n(102)} gone`, `${n(103)} making-room`, `${n(104)} making-room`],
    },
    {
      name: 'frees what works in order, however it is listed',
      desired: [n(1)],
      current: states('healthy', [n(103), n(101), n(102)]),
      fates: fatesOf('alive', range(101, 103)),
      want: [`${n(101)} making-room`],
    },
    {
      name: 'frees what is not healthy yet, once, and then what serves',
      desired: range(1, 2),
      current: { [n(101)]: 'initial', ...states('healthy', range(102, 106)) },
      fates: fatesOf('alive', range(101, 106)),
      want: [`${n(101)} making-room`, `${n(102)} making-room`],
    },
    {
      name: 'frees no working target more than maxRemovals allows',
      desired: range(1, 2),
      current: { ...states('healthy', range(101, 105)), [n(106)]: 'unhealthy' },
      fates: fatesOf('alive', range(101, 106)),
      policy: { maxRemovals: 1 },
      want: [`${n(106)} out-of-service`],
    },
    {
      name: 'frees nothing that may not be removed',
      desired: range(1, 2),
      current: states('healthy', range(101, 104)),
      fates: fatesOf('in-service', range(101, 104)),
      want: [],
    },
    {
      name: 'frees nothing in upsert-only (FM13)',
      desired: range(1, 2),
      current: states('unhealthy', range(101, 104)),
      fates: fatesOf('gone', range(101, 104)),
      policy: { mode: 'upsert-only' },
      want: [],
    },
  ])('$name', ({ desired, current, fates, added = [], policy: settings, want }) => {
    const input = {
      observed: complete(desired),
      current: contents(current),
      policy: policy(settings),
      fates: new Map(Object.entries(fates)),
    };
    const removals = makeRoom(plan(input), added, input);
    expect(removals.map(({ entry, cause }) => `${entry.address} ${cause}`)).toEqual(want);
  });
});
