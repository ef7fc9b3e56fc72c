import type { Address } from './address.ts';
import type { Fates } from './fate.ts';
import type { Known, Observation } from './observation.ts';

/** Where addresses come from. */
export interface Source {
  /** Answers `unknown` rather than throwing where it cannot tell. */
  read(): Promise<Observation>;
  /**
   * One targeted read of what became of addresses that `observed` no longer names. Throws where it cannot tell:
   * what is not confirmed is not removed.
   */
  confirm(addresses: readonly Address[], observed: Known): Promise<Fates>;
}
