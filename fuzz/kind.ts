import type fc from 'fast-check';
import type { FuzzWorld } from './world.ts';

/** One kind of bad input. */
export interface Kind {
  name: string;
  /** Its part of all cases. */
  share: number;
  /** What must hold of every case; `tell` counts what became of it. */
  property(world: FuzzWorld, tell: (what: string) => void): fc.IAsyncProperty<unknown>;
}
