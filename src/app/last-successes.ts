import { hasFailed, type Outcome } from '../engine/outcome.ts';

/** When bindings last succeeded, by their names, as far as this process has seen. */
export interface LastSuccesses {
  /**
   * Takes note of a pass; gives the milliseconds from the binding's last success to the pass's end: 0 if it is one
   * itself. A binding that has not succeeded yet counts from the start of its first pass: what was before, other
   * processes know.
   */
  passed(outcome: Outcome, pass: { started: number; ended: number }): number;
}

/** Keeps when bindings last succeeded, from pass to pass; nothing is known at first. */
export function lastSuccesses(): LastSuccesses {
  const known = new Map<string, number>();
  return {
    passed(outcome, { started, ended }) {
      const last = hasFailed(outcome) ? (known.get(outcome.binding) ?? started) : ended;
      known.set(outcome.binding, last);
      return ended - last;
    },
  };
}
