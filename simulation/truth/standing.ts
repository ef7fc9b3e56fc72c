import type { EntryState } from '../../src/engine/sink.ts';

/**
 * What an address is to a source, in truth:
 * - `serving`: the source's own, and in service;
 * - `starting`, `leaving`, `dead`: the source's own, and not in service, or no longer;
 * - `stranger`: somebody else's;
 * - `none`: nobody's.
 */
export type Standing = 'serving' | 'starting' | 'leaving' | 'dead' | 'stranger' | 'none';

/** What an address is to a sink, in truth; `foreign`: there, but not by the binding's doing. */
export type Held = EntryState | 'foreign' | 'absent';

export function isOwn(standing: Standing): boolean {
  return standing !== 'stranger' && standing !== 'none';
}

export function isServing(standing: Standing): boolean {
  return standing === 'serving';
}

export function isRegistered(held: Held): boolean {
  return held !== 'absent' && held !== 'draining';
}
