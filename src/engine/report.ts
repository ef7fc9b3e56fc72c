import { type Address, sortAddresses } from './address.ts';
import type { AlbridgeError } from './errors.ts';
import { healthy, registered, without } from './health.ts';
import type { Observation } from './observation.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Removal } from './removal.ts';
import type { Contents, Written } from './sink.ts';

/** What a pass went through. */
export interface Pass {
  name: string;
  current: Contents;
  observed: Observation;
  settled: Plan;
  added: Written;
  removed: Written;
  errors: readonly AlbridgeError[];
}

export function report({ name, current, observed, settled, added, removed, errors }: Pass): Outcome {
  const done = new Set(removed.addresses);
  const removals = settled.remove.filter(({ entry }) => done.has(entry.address));
  return {
    binding: name,
    registered: registeredAfter(current, added.addresses, removals),
    ...seen(observed, added.addresses, current),
    added: added.addresses,
    removed: removals.map(({ entry, cause }) => ({ address: entry.address, cause })),
    withheld: settled.withheld,
    errors: [
      ...(observed.kind === 'unknown' ? [observed.cause] : []),
      ...errors,
      ...added.errors,
      ...removed.errors,
    ],
  };
}

function seen(
  observed: Observation,
  added: readonly Address[],
  current: Contents,
): Pick<Outcome, 'desired' | 'healthy' | 'unused'> {
  if (observed.kind === 'unknown') return { unused: [] };
  const desired = sortAddresses(observed.addresses);
  const unused = current.entries.filter(
    ({ state, address }) => state === 'unused' && desired.includes(address),
  );
  return { desired, healthy: healthy(desired, added, current), unused };
}

function registeredAfter(
  current: Contents,
  added: readonly Address[],
  removals: readonly Removal[],
): Address[] {
  const left = registered(without(current, removals)).map(({ address }) => address);
  return sortAddresses([...left, ...added]);
}
