import { policyDefaults } from '../../src/engine/policy.ts';
import type { Write } from '../aws/write.ts';
import { type Held, isOwn, isServing } from '../truth/standing.ts';
import { type Invariant, isDeclared, type Scene, sawWhole, seenSince } from './invariant.ts';

export const aliveWaitsForHealthy: Invariant = {
  id: 'I7',
  statement:
    'a working target of the source is not removed while fewer than `minHealthyPercent` of the desired ones can have been seen healthy; where the group is full, while fewer would be left healthy than that, or than all but one that it holds',
  writing(write, scene) {
    const { truth, run } = scene;
    const { sink } = truth.binding;
    if (write.kind !== 'remove' || sink.config.type !== 'target-group' || isDeclared(truth)) return undefined;
    // Of a listing that lacks some, the percentage cannot be that of all.
    if (!sawWhole(truth, run)) return undefined;
    const alive = write.items.find(({ address }) => isWorking(address, scene));
    if (!alive) return undefined;
    const { missing, desired } = healthOf(scene);
    const percent = truth.binding.policy.minHealthyPercent ?? policyDefaults.minHealthyPercent;
    if (missing.length * 100 <= (100 - percent) * desired) return undefined;
    if (run.sightings.sawFull(truth.binding.name) && leavesEnough(write, scene, percent)) return undefined;
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

/** Making room: what serves nobody may go; else, what the run can have seen healthy and stays has to be enough. */
function leavesEnough({ items }: Write, scene: Scene, percent: number): boolean {
  const { truth, now } = scene;
  const since = seenSince(scene);
  const going = new Set(items.map(({ address }) => address));
  const all = truth.addresses();
  const isHealthy = (held: Held): boolean => held === 'healthy';
  // What is nobody's or a stranger's goes in the same write, however healthy it looks.
  const serves = ({ address }: { address: string }): boolean =>
    isWorking(address, scene) && truth.held(address).throughout(since, now, isHealthy);
  if (!items.some(serves)) return true;
  const healthy = all.filter(
    (address) => !going.has(address) && truth.held(address).sometime(since, now, isHealthy),
  );
  const desired = all.filter((address) => truth.standing(address).throughout(since, now, isServing));
  const capacity = all.filter((address) =>
    truth.held(address).throughout(since, now, (held) => held !== 'absent'),
  );
  return healthy.length >= Math.min(Math.ceil((desired.length * percent) / 100), capacity.length - 1);
}
