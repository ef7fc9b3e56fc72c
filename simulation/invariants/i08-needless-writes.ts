import { type Held, isAbsent, isRegistered } from '../truth/standing.ts';
import { type Invariant, seenSince } from './invariant.ts';

export const noNeedlessWrite: Invariant = {
  id: 'I8',
  statement: 'nothing is written that was so at every moment that the run can have seen',
  writing({ kind, items, operation }, scene) {
    const { truth, now } = scene;
    const isSo = (held: Held): boolean => (kind === 'add' ? isRegistered(held) : isAbsent(held));
    const needless = items.find(({ address }) => truth.held(address).throughout(seenSince(scene), now, isSo));
    if (!needless) return undefined;
    const state = truth.held(needless.address).current;
    return `${operation} of ${needless.address} in '${truth.binding.name}', where it is ${state} already`;
  },
};
