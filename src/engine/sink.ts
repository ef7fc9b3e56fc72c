import type { Address } from './address.ts';
import type { AlbridgeError } from './errors.ts';
import type { Network } from './network.ts';

/** What must hold a source's addresses. Its write methods do what they can and report the rest; they do not throw. */
export interface Sink {
  /** Throws where the sink cannot be read or is not what it should be: nothing is changed then. */
  read(): Promise<Contents>;
  add(addresses: readonly Address[]): Promise<Written>;
  remove(entries: readonly Entry[]): Promise<Written>;
}

/** What a sink held when it was read. */
export interface Contents {
  entries: readonly Entry[];
  /** The addresses the sink is able to hold. */
  networks: readonly Network[];
  /** Whether entries are checked before they count; where they are not, an entry is healthy as soon as it is there. */
  healthChecked: boolean;
}

/** What a sink holds for an address. */
export interface Entry {
  address: Address;
  state: EntryState;
  /** How the sink itself names the entry; what removes it. */
  id: string;
  /** Somebody else's: it counts as present, and is never removed. */
  foreign?: true;
  /**
   * Where the entry is not what the sink is to hold for its address:
   * - `incomplete`: a part is missing (one of several ports): absent when deciding what to add;
   * - `obsolete`: of a form that is no longer configured: it goes, whether its address is named or not.
   */
  unfit?: 'incomplete' | 'obsolete';
  /** Why the entry is in its state, in AWS's words. */
  reason?: string;
}

/**
 * - `healthy`: in service;
 * - `initial`: registered, not yet (or not at present) judged;
 * - `unhealthy`: judged, and out of service;
 * - `unused`: registered, but nothing sends to it;
 * - `draining`: on its way out: absent when deciding what to add, gone when deciding what to remove.
 */
export type EntryState = 'healthy' | 'initial' | 'unhealthy' | 'unused' | 'draining';

/** What came of a write: what is done, and the errors of what is not. */
export interface Written {
  addresses: readonly Address[];
  errors: readonly AlbridgeError[];
  /** Nothing more fits until something is removed (FM8, FM22). */
  full?: true;
}
