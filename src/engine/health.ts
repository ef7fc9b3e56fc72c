import type { Address } from './address.ts';
import type { Policy } from './policy.ts';
import type { Removal } from './removal.ts';
import type { Contents, Entry } from './sink.ts';

/** Entries that are not on their way out. */
export function registered(current: Contents): Entry[] {
  return current.entries.filter((entry) => entry.state !== 'draining');
}

/** What is left once the removals are made. */
export function without(current: Contents, removals: readonly Removal[]): Contents {
  const removed = new Set(removals.map(({ entry }) => entry));
  return { ...current, entries: current.entries.filter((entry) => !removed.has(entry)) };
}

/** Addresses for which the sink holds all it is to hold. */
export function present(current: Contents): Set<Address> {
  const whole = registered(current).filter(({ unfit }) => unfit === undefined);
  return new Set(whole.map(({ address }) => address));
}

/** Whether the entry gets no traffic where it stands, so that nobody loses by its removal. */
export function isOutOfService(entry: Entry): boolean {
  return entry.state === 'unhealthy' || entry.state === 'unused';
}

/** Which of the desired addresses are in service; what is added counts at once where the sink checks no health. */
export function healthy(
  desired: readonly Address[],
  added: readonly Address[],
  current: Contents,
): Address[] {
  const entries = current.entries.filter((entry) => entry.state === 'healthy');
  const inService = new Set(entries.map((entry) => entry.address));
  if (!current.healthChecked) for (const address of added) inService.add(address);
  return desired.filter((address) => inService.has(address));
}

/** The gate before the removal of a target that may still work; where nothing is desired, nothing is enough. */
export function enoughHealthy(
  desired: readonly Address[],
  inService: readonly Address[],
  { minHealthyPercent }: Policy,
): boolean {
  return desired.length > 0 && inService.length * 100 >= minHealthyPercent * desired.length;
}
