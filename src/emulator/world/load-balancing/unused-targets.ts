import type { LoadBalancer } from './load-balancer.ts';
import type { Registration, TargetGroup } from './target-group.ts';
import { notInUse, type Verdict } from './target-health.ts';
import { type TargetWorld, zoneOf } from './target-place.ts';

/** Why a registered target gets neither traffic nor health checks; undefined for one that does. */
export function whyUnused(
  world: TargetWorld,
  group: TargetGroup,
  target: Registration,
  user: LoadBalancer | undefined,
): Verdict | undefined {
  if (!user) return notInUse;
  const zone = zoneOf(world, group, target);
  if (zone !== undefined && !zonesOf(world, user).includes(zone)) return inDisabledZone;
  return group.targetType === 'instance' ? whyInstanceUnused(world, target.id) : undefined;
}

const inDisabledZone: Verdict = {
  state: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target is in an Availability Zone that is not enabled for the load balancer',
};

/** An instance that starts is checked already; one that has stopped is not. */
function whyInstanceUnused({ network }: TargetWorld, id: string): Verdict | undefined {
  const state = network.instances.get(id)?.state ?? 'terminated';
  if (state === 'running' || state === 'pending') return undefined;
  return {
    state: 'unused',
    reason: 'Target.InvalidState',
    description: `Target is in the ${state === 'terminated' ? 'terminated' : 'stopped'} state`,
  };
}

function zonesOf({ network }: TargetWorld, { subnetIds }: LoadBalancer): (string | undefined)[] {
  return subnetIds.map((id) => network.subnets.get(id)?.availabilityZone);
}
