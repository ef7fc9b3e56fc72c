import { isServing } from '../truth/standing.ts';
import { type Invariant, isDeclared, seenSince } from './invariant.ts';

export const desiredStays: Invariant = {
  id: 'I9',
  statement:
    'no run, however many overlap, removes what has been in service from the moment that it read the sink to the removal',
  writing({ kind, items, operation }, scene) {
    if (kind !== 'remove') return undefined;
    const { truth, run, now } = scene;
    const since = isDeclared(truth) ? run.started : seenSince(scene);
    const desired = items.find(({ address }) => truth.standing(address).throughout(since, now, isServing));
    return desired && `${operation} of ${desired.address} in '${truth.binding.name}', where it is in service`;
  },
};
