import { isAbsent } from '../truth/standing.ts';
import { type Invariant, seenSince } from './invariant.ts';

export const neverEmptied: Invariant = {
  id: 'I2',
  statement:
    'a removal leaves something registered, unless another run has removed from the same sink since this one read it',
  written({ kind, items }, scene) {
    const { truth, run, now } = scene;
    if (kind === 'add' || items.length === 0) return undefined;
    const others = truth.removals.some((removal) => removal.run !== run.id && removal.at >= seenSince(scene));
    truth.removals.push({ run: run.id, at: now });
    const left = truth.addresses().filter((address) => !isAbsent(truth.held(address).current));
    if (left.length > 0 || others) return undefined;
    return `leaves '${truth.binding.name}' with nothing registered by the removal of ${items.map(({ address }) => address).join(', ')}`;
  },
};
