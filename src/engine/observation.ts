import type { Address } from './address.ts';
import type { AlbridgeError } from './errors.ts';

/** What a source saw. Unknown is never empty: a source that found nothing, or failed, does not know. */
export type Observation = Known | Unknown;

export interface Known {
  kind: 'known';
  /** The addresses that are in service. */
  addresses: readonly Address[];
  /** A sample proves presence, never absence. */
  extent: 'complete' | 'sample';
  /** Addresses that exist but are not in service: still starting, or leaving. */
  outOfService: readonly Address[];
}

export interface Unknown {
  kind: 'unknown';
  cause: AlbridgeError;
}

export function complete(addresses: readonly Address[], outOfService: readonly Address[] = []): Known {
  return { kind: 'known', addresses, extent: 'complete', outOfService };
}

export function sample(addresses: readonly Address[]): Known {
  return { kind: 'known', addresses, extent: 'sample', outOfService: [] };
}

export function unknown(cause: AlbridgeError): Unknown {
  return { kind: 'unknown', cause };
}
