import { isOwn } from '../truth/standing.ts';
import type { Invariant } from './invariant.ts';

export const onlyWhatTheSourceHeld: Invariant = {
  id: 'I5',
  statement:
    'what a run registers or allows was held by the source at some moment that the run can have seen',
  writing({ kind, items, operation }, { truth, run, now, lag }) {
    if (kind !== 'add') return undefined;
    const never = items.find(
      ({ address }) => !truth.standing(address).sometime(run.started - lag, now, isOwn),
    );
    return (
      never && `${operation} of ${never.address}, which the source of '${truth.binding.name}' did not hold`
    );
  },
};
