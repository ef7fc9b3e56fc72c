import { type Address, sortAddresses } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import type { Known, Observation, Unknown } from '../engine/observation.ts';
import { unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';

/** The addresses of several sources, as if they were one. */
export function mergedSource(parts: readonly Source[]): Source {
  return {
    read: async (): Promise<Observation> => merge(await Promise.all(parts.map((part) => part.read()))),
    confirm: async (absent, observed): Promise<Fates> =>
      mergeFates(absent, await Promise.all(parts.map((part) => part.confirm(absent, observed)))),
  };
}

/**
 * All that the parts know. A part that does not know makes the whole unknown, as what it would have named would count
 * as absent (FM1); a part that is a sample makes it one (FM3).
 */
export function merge(observations: readonly Observation[]): Observation {
  const unknowns = observations.filter(
    (observation): observation is Unknown => observation.kind === 'unknown',
  );
  if (unknowns.length > 0) return unknown(causeOf(unknowns));
  const known = observations as readonly Known[];
  const addresses = sortAddresses(known.flatMap((part) => part.addresses));
  const inService = new Set(addresses);
  const outOfService = sortAddresses(known.flatMap((part) => part.outOfService));
  return {
    kind: 'known',
    addresses,
    extent: known.every(({ extent }) => extent === 'complete') ? 'complete' : 'sample',
    outOfService: outOfService.filter((address) => !inService.has(address)),
  };
}

function causeOf(unknowns: readonly Unknown[]): AlbridgeError {
  const [first] = unknowns;
  if (first && unknowns.length === 1) return first.cause;
  const message = unknowns.map(({ cause }) => cause.message).join('; ');
  const cause = new AggregateError(unknowns.map((part) => part.cause));
  return new AlbridgeError('source-unknown', message, { cause });
}

/**
 * Whose word counts where the parts differ: what one has seen among its own before another that takes the holder for
 * a stranger, and both before one that cannot tell.
 */
const precedence: readonly Fate[] = ['in-service', 'alive', 'reassigned', 'gone', 'untold'];

/** An address that one of the parts did not confirm is not confirmed. */
export function mergeFates(absent: readonly Address[], told: readonly Fates[]): Fates {
  const fates = new Map<Address, Fate>();
  for (const address of absent) {
    const words = told.map((part) => part.get(address));
    const fate = precedence.find((candidate) => words.includes(candidate));
    if (fate !== undefined && !words.includes(undefined)) fates.set(address, fate);
  }
  return fates;
}
