import { policyDefaults } from '../../src/engine/policy.ts';
import { type Held, isOwn, isServing } from '../truth/standing.ts';
import { type Invariant, isDeclared, type Scene, seenSince } from './invariant.ts';

export const aliveWaitsForHealthy: Invariant = {
  id: 'I7',
  statement:
    'a working target of the source is not removed while fewer than `minHealthyPercent` of the desired ones can have been seen healthy',
  writing({ kind, items }, scene) {
    const { truth, run } = scene;
    const { sink, policy } = truth.binding.config();
    const description = truth.binding.description ?? '';
    if (kind !== 'remove' || sink.type !== 'target-group' || isDeclared(truth)) return undefined;
    // Of a listing that lacks some, the percentage cannot be that of all.
    if (!run.sightings.sawWhole(description)) return undefined;
    const alive = items.find(({ address }) => isWorking(address, scene));
    if (!alive) return undefined;
    const { missing, desired } = healthOf(scene);
    const percent = policy.minHealthyPercent ?? policyDefaults.minHealthyPercent;
    if (missing.length * 100 <= (100 - percent) * desired) return undefined;
    return `removes ${alive.address}, which works, while ${missing.join(', ')} of ${desired} desired are not healthy (${percent} % have to be)`;
  },
};

/** The source's own, and neither unhealthy nor unused, at every moment that the run can have seen. */
function isWorking(address: string, scene: Scene): boolean {
  const { truth, now } = scene;
  const isInUse = (held: Held): boolean => held === 'healthy' || held === 'initial';
  return (
    truth.standing(address).throughout(seenSince(scene), now, isOwn) &&
    truth.held(address).throughout(seenSince(scene), now, isInUse)
  );
}

/** Those in service all the while that were healthy at no moment, and how many there were to desire at the most. */
function healthOf(scene: Scene): { missing: string[]; desired: number } {
  const { truth, now } = scene;
  const since = seenSince(scene);
  const serving = truth
    .addresses()
    .filter((address) => truth.standing(address).throughout(since, now, isServing));
  return {
    missing: serving.filter(
      (address) => !truth.held(address).sometime(since, now, (held) => held === 'healthy'),
    ),
    desired: truth.addresses().filter((address) => truth.standing(address).sometime(since, now, isOwn))
      .length,
  };
}
