import type { Address } from './address.ts';

/**
 * What became of an address that its source no longer names:
 * - `gone`: nothing holds it;
 * - `reassigned`: a stranger holds it, who would get the traffic;
 * - `alive`: it is still what it was, on its way out;
 * - `in-service`: it is still what it was and in service: the observation missed it;
 * - `untold`: nobody can tell (a DNS name, another network).
 */
export type Fate = 'gone' | 'reassigned' | 'alive' | 'in-service' | 'untold';

/** Fates by address; an address that has none was not confirmed, and stays. */
export type Fates = ReadonlyMap<Address, Fate>;

export const noFates: Fates = new Map();
