import type { Address } from './address.ts';
import type { AlbridgeError } from './errors.ts';

/** What a source saw. Unknown is never empty: a source that found nothing, or failed, does not know. */
export type Observation = Known | Unknown;

/** A source that knows its addresses, all of them or some. */
export interface Known {
  kind: 'known';
  /** The addresses that are in service. */
  addresses: readonly Address[];
  /** A sample proves presence, never absence. */
  extent: 'complete' | 'sample';
  /** Addresses that exist but are not in service: still starting, or leaving. */
  outOfService: readonly Address[];
}

/** A source that does not know its addresses, and why. */
export interface Unknown {
  kind: 'unknown';
  cause: AlbridgeError;
}

/** An observation of all addresses: what is missing from it is not in service. */
export function complete(addresses: readonly Address[], outOfService: readonly Address[] = []): Known {
  return { kind: 'known', addresses, extent: 'complete', outOfService };
}

/** An observation of some of the addresses: what is missing from it may be in service. */
export function sample(addresses: readonly Address[]): Known {
  return { kind: 'known', addresses, extent: 'sample', outOfService: [] };
}

/** The observation of a source that does not know. */
export function unknown(cause: AlbridgeError): Unknown {
  return { kind: 'unknown', cause };
}
