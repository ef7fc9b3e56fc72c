import { compareAddresses } from './address.ts';
import type { Fate } from './fate.ts';
import { isOutOfService } from './health.ts';
import type { Entry } from './sink.ts';

/** The most urgent first: the order in which a cap on removals is spent. */
const removalCauses = [
  'reassigned',
  'gone',
  'out-of-service',
  'obsolete',
  'replaced',
  'making-room',
] as const;
/** Why an entry goes. */
export type RemovalCause = (typeof removalCauses)[number];

/**
 * Why an entry that its source no longer names stays for now:
 * - `unconfirmed`: what became of it is not known;
 * - `in-service`: it was only missed by the first read;
 * - `too-few-healthy`: it may still work, and too few of the desired targets are healthy;
 * - `last-registered`: the sink would be left with nothing registered;
 * - `max-removals`: the pass has removed as many as it may;
 * - `add-failed`: what was to take its place could not be added.
 */
export type KeepReason =
  | 'unconfirmed'
  | 'in-service'
  | 'too-few-healthy'
  | 'last-registered'
  | 'max-removals'
  | 'add-failed';

/** An entry that goes, and why. */
export interface Removal {
  entry: Entry;
  cause: RemovalCause;
}

export interface Kept {
  entry: Entry;
  reason: KeepReason;
}

/** What to do with an entry that its source no longer names. `replaced`: enough of the desired targets are healthy. */
export function judge(entry: Entry, fate: Fate | undefined, replaced: boolean): Removal | Kept {
  if (entry.unfit === 'obsolete') return { entry, cause: 'obsolete' };
  if (fate === undefined) return { entry, reason: 'unconfirmed' };
  if (fate === 'in-service') return { entry, reason: 'in-service' };
  if (fate === 'reassigned' || fate === 'gone') return { entry, cause: fate };
  if (isOutOfService(entry)) return { entry, cause: 'out-of-service' };
  return replaced ? { entry, cause: 'replaced' } : { entry, reason: 'too-few-healthy' };
}

export function isRemoval(verdict: Removal | Kept): verdict is Removal {
  return 'cause' in verdict;
}

/** The removals that fit: none where nothing would stay registered, no more than the cap, the most urgent first. */
export function limit(
  removals: readonly Removal[],
  { staying, maxRemovals }: { staying: number; maxRemovals: number },
): (Removal | Kept)[] {
  if (staying <= 0) return removals.map(({ entry }) => ({ entry, reason: 'last-registered' }));
  return byUrgency(removals).map((removal, index) =>
    index < maxRemovals ? removal : { entry: removal.entry, reason: 'max-removals' },
  );
}

/** The most urgent first, equals in numeric order: what a cap lets through does not hang on how AWS lists things. */
export function byUrgency(removals: readonly Removal[]): Removal[] {
  return [...removals].sort(
    (first, second) =>
      urgency(first) - urgency(second) || compareAddresses(first.entry.address, second.entry.address),
  );
}

function urgency({ cause }: Removal): number {
  return removalCauses.indexOf(cause);
}
