import type { Outcome } from '../../src/engine/outcome.ts';
import type { Run } from '../aws/run.ts';
import type { Input, Write } from '../aws/write.ts';
import type { Chronicle } from '../truth/chronicle.ts';
import { unknownRemovesNothing } from './i01-unknown.ts';
import { neverEmptied } from './i02-last-registered.ts';
import { successIsTrue } from './i03-convergence.ts';
import { foreignUntouched } from './i04-foreign.ts';
import { onlyWhatTheSourceHeld } from './i05-never-held.ts';
import { reassignedIsGone } from './i06-reassigned.ts';
import { aliveWaitsForHealthy } from './i07-health-gate.ts';
import { noNeedlessWrite } from './i08-needless-writes.ts';
import { desiredStays } from './i09-desired-stays.ts';
import { sizesRespected } from './i11-sizes.ts';
import type { Invariant, Scene } from './invariant.ts';

const invariants: readonly Invariant[] = [
  unknownRemovesNothing,
  neverEmptied,
  successIsTrue,
  foreignUntouched,
  onlyWhatTheSourceHeld,
  reassignedIsGone,
  aliveWaitsForHealthy,
  noNeedlessWrite,
  desiredStays,
  sizesRespected,
];

/** An invariant that did not hold. */
export interface Violation {
  invariant: string;
  message: string;
}

export interface InspectorOptions {
  chronicle: Chronicle;
  now: () => number;
  lag: () => number;
  report: (violation: Violation) => void;
}

/** Holds every call and every outcome against every invariant. */
export class Inspector {
  readonly #options: InspectorOptions;

  constructor(options: InspectorOptions) {
    this.#options = options;
  }

  called(run: Run, operation: string, input: Input): void {
    this.#ask((invariant) => invariant.called?.(operation, input), run);
  }

  writing(run: Run, write: Write): void {
    const { truth } = write;
    this.#ask(
      (invariant) =>
        truth ? invariant.writing?.(write, this.#scene(run, truth)) : invariant.strayed?.(write),
      run,
    );
  }

  written(run: Run, write: Write): void {
    const { truth } = write;
    if (truth) this.#ask((invariant) => invariant.written?.(write, this.#scene(run, truth)), run);
  }

  passed(run: Run, outcome: Outcome): void {
    const truth = this.#options.chronicle.bindings.find(({ binding }) => binding.name === outcome.binding);
    if (truth) this.#ask((invariant) => invariant.passed?.(outcome, this.#scene(run, truth)), run);
  }

  #ask(question: (invariant: Invariant) => string | undefined, run: Run): void {
    for (const invariant of invariants) {
      const answer = question(invariant);
      if (answer !== undefined) {
        this.#options.report({ invariant: invariant.id, message: `${run.id} ${answer}` });
      }
    }
  }

  #scene(run: Run, truth: Scene['truth']): Scene {
    return { truth, run, now: this.#options.now(), lag: this.#options.lag() };
  }
}
