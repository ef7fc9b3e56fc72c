import { describe, expect, it } from 'vitest';
import { AlbridgeError } from './errors.ts';
import type { Fate } from './fate.ts';
import { complete, type Observation, sample, unknown } from './observation.ts';
import { plan, unconfirmed, withoutAdditions, withoutRemovals } from './plan.ts';
import type { Policy } from './policy.ts';
import type { Contents, EntryState } from './sink.ts';
import { contents, entries, policy, unfit } from './testing/contents.ts';

/** Addresses in short: what a table says of `a` is about 10.0.0.1. */
const a = '10.0.0.1';
const b = '10.0.0.2';
const c = '10.0.0.3';
const d = '10.0.0.4';

interface Row {
  name: string;
  desired: readonly string[] | Observation;
  current: Readonly<Record<string, EntryState>> | Contents;
  fates?: Readonly<Record<string, Fate>>;
  policy?: Partial<Policy>;
  want: { add?: string[]; remove?: string[]; withheld?: string[] };
}

/** The plan in short: `10.0.0.1 gone` for a removal, `10.0.0.1 last-registered` for what is withheld. */
function planned(row: Row): Required<Row['want']> {
  const observed = Array.isArray(row.desired) ? complete(row.desired) : (row.desired as Observation);
  const current =
    'entries' in row.current
      ? (row.current as Contents)
      : contents(row.current as Record<string, EntryState>);
  const fates = new Map(Object.entries(row.fates ?? {}));
  const result = plan({ observed, current, policy: policy(row.policy), fates });
  return {
    add: [...result.add],
    remove: result.remove.map(({ entry, cause }) => `${entry.address} ${cause}`),
    withheld: result.withheld.map(({ address, reason }) => `${address} ${reason}`),
  };
}

function check(rows: readonly Row[]): void {
  it.each(rows)('$name', (row) => {
    expect(planned(row)).toEqual({ add: [], remove: [], withheld: [], ...row.want });
  });
}

describe('plan adds', () => {
  check([
    {
      name: 'nothing where all is there',
      desired: [a, b],
      current: { [a]: 'healthy', [b]: 'initial' },
      want: {},
    },
    {
      name: 'what is missing, in order, once',
      desired: [c, a, c, b],
      current: { [b]: 'healthy' },
      want: { add: [a, c] },
    },
    { name: 'what is unhealthy already: not again', desired: [a], current: { [a]: 'unhealthy' }, want: {} },
    {
      name: 'what is draining, as absent (FM9)',
      desired: [a],
      current: { [a]: 'draining' },
      want: { add: [a] },
    },
    {
      name: 'what is there in part',
      desired: [a, b],
      current: contents({}, { entries: unfit({ [a]: 'incomplete', [b]: undefined }) }),
      want: { add: [a] },
    },
    {
      name: 'what is there in an obsolete form, which goes at once',
      desired: [a],
      current: contents({}, { entries: unfit({ [a]: 'obsolete' }) }),
      want: { add: [a], remove: [`${a} obsolete`] },
    },
    { name: 'to an empty sink', desired: [a], current: {}, want: { add: [a] } },
    { name: 'what a sample names', desired: sample([a]), current: {}, want: { add: [a] } },
    {
      name: 'not what is outside the networks (FM27)',
      desired: [a, '203.0.113.1'],
      current: contents({}, { networks: ['10.0.0.0/8'] }),
      want: { add: [a], withheld: ['203.0.113.1 outside-networks'] },
    },
    {
      name: 'not the other family, and says so (FM27)',
      desired: ['fd00::1'],
      current: contents({}, { networks: ['10.0.0.0/8'] }),
      want: { withheld: ['fd00::1 wrong-family'] },
    },
    {
      name: 'only the family of the sink from a dual-stack source',
      desired: [a, 'fd00::1'],
      current: contents({}, { networks: ['10.0.0.0/8'] }),
      want: { add: [a] },
    },
  ]);
});

describe('plan, for an address no longer desired,', () => {
  check([
    {
      name: 'gone: removes it now, though no replacement is healthy',
      desired: [a],
      current: { [a]: 'initial', [b]: 'healthy' },
      fates: { [b]: 'gone' },
      want: { remove: [`${b} gone`] },
    },
    {
      name: 'gone: removes it in the pass that registers the replacement',
      desired: [a],
      current: { [b]: 'healthy' },
      fates: { [b]: 'gone' },
      want: { add: [a], remove: [`${b} gone`] },
    },
    {
      name: 'reassigned: removes it now (FM31)',
      desired: [a],
      current: { [a]: 'initial', [b]: 'healthy' },
      fates: { [b]: 'reassigned' },
      want: { remove: [`${b} reassigned`] },
    },
    {
      name: 'alive: withholds it until the desired are healthy (FM7)',
      desired: [a],
      current: { [a]: 'initial', [b]: 'healthy' },
      fates: { [b]: 'alive' },
      want: { withheld: [`${b} too-few-healthy`] },
    },
    {
      name: 'alive: withholds it in the pass that registers the replacement (FM7)',
      desired: [a],
      current: { [b]: 'healthy' },
      fates: { [b]: 'alive' },
      want: { add: [a], withheld: [`${b} too-few-healthy`] },
    },
    {
      name: 'alive: removes it once the desired are healthy',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'healthy' },
      fates: { [b]: 'alive' },
      want: { remove: [`${b} replaced`] },
    },
    {
      name: 'alive: withholds it below minHealthyPercent',
      desired: [a, b, c],
      current: { [a]: 'healthy', [b]: 'initial', [c]: 'initial', [d]: 'healthy' },
      fates: { [d]: 'alive' },
      policy: { minHealthyPercent: 34 },
      want: { withheld: [`${d} too-few-healthy`] },
    },
    {
      name: 'alive: removes it at minHealthyPercent',
      desired: [a, b, c],
      current: { [a]: 'healthy', [b]: 'initial', [c]: 'initial', [d]: 'healthy' },
      fates: { [d]: 'alive' },
      policy: { minHealthyPercent: 33 },
      want: { remove: [`${d} replaced`] },
    },
    {
      name: 'untold: waits like an alive one',
      desired: [a],
      current: { [a]: 'initial', [b]: 'healthy' },
      fates: { [b]: 'untold' },
      want: { withheld: [`${b} too-few-healthy`] },
    },
    {
      name: 'untold: removes it once the desired are healthy',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'initial' },
      fates: { [b]: 'untold' },
      want: { remove: [`${b} replaced`] },
    },
    {
      name: 'unhealthy: removes it now',
      desired: [a],
      current: { [a]: 'initial', [b]: 'unhealthy' },
      fates: { [b]: 'alive' },
      want: { remove: [`${b} out-of-service`] },
    },
    {
      name: 'unused: removes it now, since nothing is sent to it',
      desired: [a],
      current: { [a]: 'unused', [b]: 'unused' },
      fates: { [b]: 'alive' },
      want: { remove: [`${b} out-of-service`] },
    },
    {
      name: 'draining: counts it as gone already (FM9)',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'draining' },
      want: {},
    },
    {
      name: 'absent from a sample: keeps it while healthy (FM3)',
      desired: sample([a]),
      current: { [a]: 'healthy', [b]: 'healthy', [c]: 'initial' },
      fates: { [b]: 'untold', [c]: 'untold' },
      want: {},
    },
    {
      name: 'absent from a sample: removes it once unhealthy',
      desired: sample([a]),
      current: { [a]: 'healthy', [b]: 'unhealthy' },
      fates: { [b]: 'untold' },
      want: { remove: [`${b} out-of-service`] },
    },
    {
      name: 'observation unknown: keeps everything (FM1)',
      desired: unknown(new AlbridgeError('source-unknown', 'no answer')),
      current: { [a]: 'unhealthy', [b]: 'healthy' },
      fates: { [a]: 'gone', [b]: 'reassigned' },
      want: {},
    },
    {
      name: 'not confirmed: keeps it (FM2)',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'unhealthy' },
      want: { withheld: [`${b} unconfirmed`] },
    },
    {
      name: 'missed by a partial answer: keeps it (FM2)',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'healthy', [c]: 'unhealthy' },
      fates: { [b]: 'in-service', [c]: 'in-service' },
      want: { withheld: [`${b} in-service`, `${c} in-service`] },
    },
    {
      name: 'the last ones registered: keeps them',
      desired: [],
      current: { [a]: 'healthy', [b]: 'unhealthy' },
      fates: { [a]: 'gone', [b]: 'reassigned' },
      want: { withheld: [`${a} last-registered`, `${b} last-registered`] },
    },
    {
      name: 'the last ones registered, where what is desired can not be added: keeps them',
      desired: ['203.0.113.1'],
      current: contents({ [a]: 'healthy' }, { networks: ['10.0.0.0/8'] }),
      fates: { [a]: 'gone' },
      want: { withheld: [`${a} last-registered`, '203.0.113.1 outside-networks'] },
    },
    {
      name: 'alive: keeps it where none of what is desired can be added, and others serve',
      desired: ['fd00::1'],
      current: contents(
        {},
        {
          networks: ['10.0.0.0/8'],
          entries: [
            ...entries({ [a]: 'healthy' }).map((entry) => ({ ...entry, foreign: true as const })),
            ...entries({ [b]: 'healthy' }),
          ],
        },
      ),
      fates: { [b]: 'alive' },
      want: { withheld: [`${b} too-few-healthy`, 'fd00::1 wrong-family'] },
    },
    {
      name: 'several: lists them by address, whatever their urgency',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'healthy', [c]: 'healthy', [d]: 'unhealthy' },
      fates: { [b]: 'alive', [c]: 'reassigned', [d]: 'gone' },
      want: { remove: [`${b} replaced`, `${c} reassigned`, `${d} gone`] },
    },
    {
      name: "another owner's: keeps it, and counts it as present (FM13)",
      desired: [a, b],
      current: contents(
        {},
        {
          entries: entries({ [a]: 'healthy', [c]: 'healthy' }).map((entry) => ({ ...entry, foreign: true })),
        },
      ),
      fates: { [c]: 'gone' },
      want: { add: [b] },
    },
    {
      name: 'there in part: removes it like any other',
      desired: [a],
      current: contents({}, { entries: unfit({ [a]: undefined, [b]: 'incomplete' }) }),
      fates: { [b]: 'gone' },
      want: { remove: [`${b} gone`] },
    },
    {
      name: 'obsolete: removes it even on the word of a sample',
      desired: sample([a]),
      current: contents({}, { entries: [...entries({ [a]: 'healthy' }), ...unfit({ [b]: 'obsolete' })] }),
      want: { remove: [`${b} obsolete`] },
    },
    {
      name: 'obsolete in upsert-only: keeps it (FM13)',
      desired: [a],
      current: contents({}, { entries: unfit({ [a]: 'obsolete' }) }),
      policy: { mode: 'upsert-only' },
      want: { add: [a] },
    },
    {
      name: "obsolete, but another owner's: keeps it (FM13)",
      desired: [a],
      current: contents(
        {},
        { entries: unfit({ [b]: 'obsolete' }).map((entry) => ({ ...entry, foreign: true })) },
      ),
      want: { add: [a] },
    },
    {
      name: 'upsert-only: keeps it, whatever became of it (FM13)',
      desired: [a],
      current: { [b]: 'unhealthy' },
      fates: { [b]: 'reassigned' },
      policy: { mode: 'upsert-only' },
      want: { add: [a] },
    },
    {
      name: 'maxRemovals: removes the most urgent, withholds the rest (FM2)',
      desired: [a],
      current: { [a]: 'healthy', [b]: 'healthy', [c]: 'healthy', [d]: 'unhealthy' },
      fates: { [b]: 'alive', [c]: 'reassigned', [d]: 'alive' },
      policy: { maxRemovals: 2 },
      want: { remove: [`${c} reassigned`, `${d} out-of-service`], withheld: [`${b} max-removals`] },
    },
    {
      name: 'maxRemovals: takes equals in order, however they are listed (FM2)',
      desired: [a],
      current: { [a]: 'healthy', [c]: 'healthy', [b]: 'healthy' },
      fates: { [b]: 'gone', [c]: 'gone' },
      policy: { maxRemovals: 1 },
      want: { remove: [`${b} gone`], withheld: [`${c} max-removals`] },
    },
    {
      name: 'in a sink without health checks: removes it when its replacement is there',
      desired: [a],
      current: contents({ [b]: 'healthy' }, { healthChecked: false }),
      fates: { [b]: 'alive' },
      want: { add: [a], remove: [`${b} replaced`] },
    },
  ]);
});

describe('unconfirmed', () => {
  it('lists what a source has to be asked about, and nothing else', () => {
    const draft = plan({
      observed: complete([a, '203.0.113.1']),
      current: contents({ [d]: 'healthy', [b]: 'unhealthy', [c]: 'draining' }, { networks: ['10.0.0.0/8'] }),
      policy: policy(),
      fates: new Map(),
    });
    expect(unconfirmed(draft)).toEqual([b, d]);
    expect(draft.remove).toEqual([]);
  });
});

describe('what is withheld', () => {
  it('tells what would have been done to it', () => {
    const { withheld } = plan({
      observed: complete([a, '203.0.113.1']),
      current: contents({ [b]: 'healthy' }, { networks: ['10.0.0.0/8'] }),
      policy: policy(),
      fates: new Map([[b, 'alive']]),
    });
    expect(withheld).toEqual([
      { address: b, action: 'remove', reason: 'too-few-healthy' },
      { address: '203.0.113.1', action: 'add', reason: 'outside-networks' },
    ]);
  });
});

describe('withoutRemovals', () => {
  it('leaves the additions, the other removals, and what else is withheld', () => {
    const [first, second] = entries({ [a]: 'healthy', [b]: 'healthy' });
    if (!first || !second) throw new Error('two entries are needed');
    const draft = {
      add: [d],
      remove: [
        { entry: first, cause: 'gone' },
        { entry: second, cause: 'gone' },
      ],
      withheld: [
        { address: a, action: 'remove', reason: 'too-few-healthy' },
        { address: a, action: 'add', reason: 'outside-networks' },
        { address: c, action: 'remove', reason: 'too-few-healthy' },
      ],
    } as const;
    expect(withoutRemovals(draft, [{ entry: first, cause: 'making-room' }])).toEqual({
      add: [d],
      remove: [{ entry: second, cause: 'gone' }],
      withheld: [
        { address: a, action: 'add', reason: 'outside-networks' },
        { address: c, action: 'remove', reason: 'too-few-healthy' },
      ],
    });
  });
});

describe('withoutAdditions', () => {
  it('keeps what the failed additions were to replace, and removes strangers and the unhealthy (FM32)', () => {
    const current = contents({ [a]: 'healthy', [b]: 'healthy', [c]: 'unhealthy', '10.0.0.9': 'healthy' });
    const fates = new Map<string, Fate>([
      [a, 'gone'],
      [b, 'reassigned'],
      [c, 'alive'],
    ]);
    const draft = plan({ observed: complete([d, '10.0.0.9']), current, policy: policy(), fates });
    expect(draft.add).toEqual([d]);
    const settled = withoutAdditions(draft, [], current);
    expect(settled.add).toEqual([]);
    expect(settled.remove.map(({ entry }) => entry.address)).toEqual([b, c]);
    expect(settled.withheld).toEqual([{ address: a, action: 'remove', reason: 'add-failed' }]);
  });

  it('removes a stranger where some of the additions were made (FM31)', () => {
    const current = contents({ [b]: 'healthy' });
    const fates = new Map<string, Fate>([[b, 'reassigned']]);
    const draft = plan({ observed: complete([a, c]), current, policy: policy(), fates });
    const settled = withoutAdditions(draft, [a], current);
    expect(settled).toMatchObject({ add: [a], remove: [{ cause: 'reassigned' }], withheld: [] });
  });

  it('keeps even a stranger where nothing else is registered', () => {
    const current = contents({ [b]: 'healthy' });
    const fates = new Map<string, Fate>([[b, 'reassigned']]);
    const draft = plan({ observed: complete([a]), current, policy: policy(), fates });
    expect(withoutAdditions(draft, [], current).withheld).toEqual([
      { address: b, action: 'remove', reason: 'last-registered' },
    ]);
  });
});
