import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Dice } from '../dice.ts';
import type { Sightings } from './sightings.ts';

/** One invocation of `sync`, as the simulation sees it. */
export interface Run {
  id: string;
  started: number;
  sightings: Sightings;
  /** Whether AWS's and DNS's faults meet this run. */
  calm: boolean;
  /** Calls on their way, or whose answer is: each is a point where a run may be killed. */
  boundaries: number;
  ended: 'finished' | 'killed' | undefined;
  /** Writes that reached AWS. */
  writes: number;
  /** The way to AWS, or back; it does not end for a run that is killed on it. */
  travel(): Promise<void>;
}

export interface RunSettings {
  id: string;
  clock: VirtualClock;
  dice: Dice;
  calm: boolean;
  latency: number;
  /** The boundary at which the run is killed. */
  killedAt: number | undefined;
  sightings: Sightings;
  onKill: () => void;
}

/** Lambda ends a function that takes longer. */
export const timeLimit = 55_000;

export function createRun({ id, clock, dice, calm, latency, killedAt, sightings, onKill }: RunSettings): Run {
  const run: Run = {
    id,
    started: clock.now(),
    sightings,
    calm,
    boundaries: 0,
    ended: undefined,
    writes: 0,
    async travel() {
      const boundary = ++run.boundaries;
      await clock.sleep(dice.between(1, latency));
      if (boundary !== killedAt && clock.now() - run.started <= timeLimit && run.ended === undefined) return;
      if (run.ended === undefined) onKill();
      run.ended = 'killed';
      await new Promise<never>(() => {});
    },
  };
  return run;
}
