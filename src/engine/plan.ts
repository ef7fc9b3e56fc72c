import { type Address, compareAddresses } from './address.ts';
import { admit, type Refusal } from './admission.ts';
import type { Fates } from './fate.ts';
import { enoughHealthy, healthy, present, registered } from './health.ts';
import type { Known, Observation } from './observation.ts';
import type { Policy } from './policy.ts';
import { isRemoval, judge, type KeepReason, type Kept, limit, type Removal } from './removal.ts';
import type { Contents, Entry } from './sink.ts';

/** What one pass does, and what it leaves undone and why; every list in numeric order of the addresses. */
export interface Plan {
  add: readonly Address[];
  remove: readonly Removal[];
  withheld: readonly Withheld[];
}

/** What a pass leaves undone, and why. */
export interface Withheld {
  address: Address;
  action: 'add' | 'remove';
  reason: Refusal | KeepReason;
}

/** What a plan is made from. */
export interface PlanInput {
  observed: Observation;
  current: Contents;
  policy: Policy;
  /** What became of the addresses to remove; those without a fate are withheld as `unconfirmed`. */
  fates: Fates;
}

/** The difference between what a source names and what a sink holds, within the policy. */
export function plan({ observed, current, policy, fates }: PlanInput): Plan {
  if (observed.kind === 'unknown') return { add: [], remove: [], withheld: [] };
  const { admitted, refused } = admit(observed.addresses, current.networks);
  const held = present(current);
  const add = admitted.filter((address) => !held.has(address));
  const replaced = enoughHealthy(admitted, healthy(admitted, add, current), policy);
  const verdicts = candidates(observed, current, policy).map((entry) =>
    judge(entry, fates.get(entry.address), replaced),
  );
  const removals = verdicts.filter(isRemoval);
  const staying = registered(current).length + add.length - removals.length;
  return arrange(add, [
    ...refused.map(({ address, reason }): Withheld => ({ address, action: 'add', reason })),
    ...verdicts.filter((verdict) => !isRemoval(verdict)),
    ...limit(removals, { staying, maxRemovals: policy.maxRemovals }),
  ]);
}

/** The addresses whose removal awaits a source's word. */
export function unconfirmed({ withheld }: Plan): Address[] {
  return withheld.filter(({ reason }) => reason === 'unconfirmed').map(({ address }) => address);
}

/**
 * The plan when some of its additions failed (FM32): what they were to replace stays. A stranger, and what gets no
 * traffic anyway, goes all the same unless nothing else is registered.
 */
export function withoutAdditions(draft: Plan, added: readonly Address[], current: Contents): Plan {
  const independent = draft.remove.filter(
    ({ cause }) => cause === 'reassigned' || cause === 'out-of-service',
  );
  const dependent = draft.remove.filter((removal) => !independent.includes(removal));
  const staying = registered(current).length + added.length - independent.length;
  return arrange(added, [
    ...draft.withheld,
    ...dependent.map(({ entry }): Kept => ({ entry, reason: 'add-failed' })),
    ...limit(independent, { staying, maxRemovals: Number.POSITIVE_INFINITY }),
  ]);
}

/** The plan for what is left to do once these removals are made. */
export function withoutRemovals(draft: Plan, made: readonly Removal[]): Plan {
  const entries = new Set(made.map(({ entry }) => entry));
  const addresses = new Set(made.map(({ entry }) => entry.address));
  return {
    add: draft.add,
    remove: draft.remove.filter(({ entry }) => !entries.has(entry)),
    withheld: draft.withheld.filter(({ action, address }) => action === 'add' || !addresses.has(address)),
  };
}

/**
 * What the sink holds and the source does not name, and what is obsolete; a sample proves absence only of what is
 * unhealthy besides.
 */
function candidates({ addresses, extent }: Known, current: Contents, { mode }: Policy): Entry[] {
  if (mode === 'upsert-only') return [];
  const named = new Set(addresses);
  return registered(current)
    .filter((entry) => !entry.foreign)
    .filter((entry) => entry.unfit === 'obsolete' || !named.has(entry.address))
    .filter((entry) => extent === 'complete' || entry.state === 'unhealthy' || entry.unfit === 'obsolete');
}

function arrange(add: readonly Address[], items: readonly (Removal | Kept | Withheld)[]): Plan {
  const remove: Removal[] = [];
  const withheld: Withheld[] = [];
  for (const item of items) {
    if (!('entry' in item)) withheld.push(item);
    else if (isRemoval(item)) remove.push(item);
    else withheld.push({ address: item.entry.address, action: 'remove', reason: item.reason });
  }
  return {
    add,
    remove: remove.sort((first, second) => compareAddresses(first.entry.address, second.entry.address)),
    withheld: withheld.sort((first, second) => compareAddresses(first.address, second.address)),
  };
}
