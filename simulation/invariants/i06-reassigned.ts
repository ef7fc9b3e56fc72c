import { hasFailed } from '../../src/engine/outcome.ts';
import { type Held, isForeign, isRegistered } from '../truth/standing.ts';
import type { Invariant } from './invariant.ts';

export const reassignedIsGone: Invariant = {
  id: 'I6',
  statement:
    "an address that was registered, and a stranger's, from before a pass to its end is registered no longer when the pass succeeds, unless the pass reached `maxRemovals`",
  passed(outcome, { truth, run, now, lag }) {
    const { policy, sink } = truth.binding;
    const isCapped = outcome.removed.length >= (policy.maxRemovals ?? Number.POSITIVE_INFINITY);
    if (hasFailed(outcome) || policy.mode === 'upsert-only' || isCapped) return undefined;
    const stray = truth
      .addresses()
      .filter((address) =>
        truth.standing(address).throughout(run.started - lag, now, (held) => held === 'stranger'),
      )
      .find((address) => truth.held(address).throughout(run.started - lag, now, isItsDoing));
    return (
      stray &&
      `a pass of '${truth.binding.name}' succeeds, and leaves the stranger ${stray} in the ${sink.config.type}`
    );
  },
};

/** What another run is about to add is nothing that this one could have found. */
function isItsDoing(held: Held): boolean {
  return isRegistered(held) && !isForeign(held) && held !== 'adding';
}
