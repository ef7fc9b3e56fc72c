import { type Address, sortAddresses } from './address.ts';
import type { AlbridgeError } from './errors.ts';
import { healthy, registered } from './health.ts';
import type { Observation } from './observation.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
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
  const gone = new Set(removed.addresses);
  return {
    binding: name,
    registered: registeredAfter(current, added.addresses, gone),
    ...seen(observed, added.addresses, current),
    added: added.addresses,
    removed: settled.remove
      .filter(({ entry }) => gone.has(entry.address))
      .map(({ entry, cause }) => ({ address: entry.address, cause })),
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
  removed: ReadonlySet<Address>,
): Address[] {
  const before = registered(current).map(({ address }) => address);
  return sortAddresses([...before, ...added].filter((address) => !removed.has(address)));
}
