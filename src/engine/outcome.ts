import type { Address } from './address.ts';
import type { AlbridgeError } from './errors.ts';
import type { Withheld } from './plan.ts';
import type { RemovalCause } from './removal.ts';
import type { Entry } from './sink.ts';

/** What one pass of one binding saw and did. */
export interface Outcome {
  binding: string;
  /** The addresses the source names; absent when it could not tell. */
  desired?: readonly Address[];
  /** What the sink holds after the pass, without what is draining; absent when the sink could not be read. */
  registered?: readonly Address[];
  /** The desired addresses that are in service; absent when either was not known. */
  healthy?: readonly Address[];
  added: readonly Address[];
  removed: readonly Removed[];
  withheld: readonly Withheld[];
  /** Desired entries that get no traffic for a reason that lies in the sink (FM26). */
  unused: readonly Entry[];
  errors: readonly AlbridgeError[];
}

/** An address that has been removed, and why. */
export interface Removed {
  address: Address;
  cause: RemovalCause;
}

export function failed(binding: string, error: AlbridgeError): Outcome {
  return { binding, added: [], removed: [], withheld: [], unused: [], errors: [error] };
}

export function hasFailed({ errors }: Outcome): boolean {
  return errors.length > 0;
}

export function hasChanged({ added, removed }: Outcome): boolean {
  return added.length > 0 || removed.length > 0;
}
