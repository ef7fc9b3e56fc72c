import {
  isInService,
  type LoadBalancer,
  type LoadBalancerNode,
} from '../../world/load-balancing/load-balancer.ts';
import { isServed, zoneFor } from '../../world/load-balancing/routing.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import type { TargetWorld } from '../../world/load-balancing/target-place.ts';

/**
 * Addresses of the nodes that clients are sent to, in one zone or in all. A node of an NLB that has a target group
 * without a healthy target it may use is left out, unless that leaves nobody.
 */
export function inService(world: TargetWorld, balancer: LoadBalancer, zone?: string): string[] {
  const serving = balancer.nodes
    .filter(isInService)
    .filter((node) => zone === undefined || node.interface.availabilityZone === zone);
  const groups = balancer.type === 'network' ? world.loadBalancing.groupsOf(balancer.arn) : [];
  const able = serving.filter((node) => isAble(world, balancer, groups, node));
  return (able.length > 0 ? able : serving).flatMap((node) => node.interface.privateIpAddresses);
}

function isAble(
  world: TargetWorld,
  balancer: LoadBalancer,
  groups: readonly TargetGroup[],
  node: LoadBalancerNode,
): boolean {
  const { availabilityZone } = node.interface;
  return groups.every((group) => isServed(world, group, zoneFor(balancer, group, availabilityZone)));
}
