import type { EntryState } from '../../src/engine/sink.ts';

/**
 * What an address is to a source, in truth:
 * - `serving`: the source's own, and in service;
 * - `starting`, `leaving`, `dead`: the source's own, and not in service, or no longer;
 * - `stranger`: somebody else's;
 * - `none`: nobody's.
 */
export type Standing = 'serving' | 'starting' | 'leaving' | 'dead' | 'stranger' | 'none';

/**
 * What an address is to a sink, in truth:
 * - `foreign`, `foreign-partial`: there, or in a part, but not by the binding's doing;
 * - `adding`, `removing`: not there yet, or there still, until a change that AWS has accepted takes effect;
 * - `partial`: there by its doing, and not in all that belongs to it (on one of several ports).
 */
export type Held = EntryState | 'foreign' | 'foreign-partial' | 'adding' | 'removing' | 'partial' | 'absent';

export function isOwn(standing: Standing): boolean {
  return standing !== 'stranger' && standing !== 'none';
}

export function isServing(standing: Standing): boolean {
  return standing === 'serving';
}

export function isRegistered(held: Held): boolean {
  return !isAbsent(held) && held !== 'partial' && held !== 'foreign-partial';
}

export function isForeign(held: Held): boolean {
  return held === 'foreign' || held === 'foreign-partial';
}

export function isAbsent(held: Held): boolean {
  return held === 'absent' || held === 'draining' || held === 'removing';
}
