import { hasFailed } from '../../src/engine/outcome.ts';
import { type Held, isRegistered, isServing } from '../truth/standing.ts';
import { type Invariant, isDeclared, sawWhole } from './invariant.ts';

/** That every binding converges is checked by the phases of a simulation; here is what each pass owes to it. */
export const successIsTrue: Invariant = {
  id: 'I3',
  statement:
    'a pass that reports success has found registered, or registered, all that was in service throughout it',
  passed(outcome, { truth, run, now, lag }) {
    if (hasFailed(outcome) || !sawWhole(truth, run)) return undefined;
    const since = run.started - (isDeclared(truth) ? 0 : lag);
    const missed = truth
      .addresses()
      .filter((address) => truth.standing(address).throughout(since, now, isServing))
      .filter((address) => !truth.held(address).sometime(run.started - lag, now, isThere));
    if (missed.length === 0) return undefined;
    return `a pass of '${truth.binding.name}' reports success, and ${missed.join(', ')} never got registered`;
  },
};

/** What another run removes at this moment is still there to be found. */
function isThere(held: Held): boolean {
  return isRegistered(held) || held === 'removing';
}
