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
  const groups = balancer.type === 'network' ? world.loadBalancing.groupsOf(balancer.arn) : [];
  const serving: string[] = [];
  const able: string[] = [];
  for (const node of balancer.nodes) {
    const { availabilityZone, privateIpAddresses } = node.interface;
    if (!isInService(node) || (zone !== undefined && availabilityZone !== zone)) continue;
    serving.push(...privateIpAddresses);
    if (isAble(world, balancer, groups, node)) able.push(...privateIpAddresses);
  }
  return able.length > 0 ? able : serving;
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
