import { privateAddress } from '../network/instance.ts';
import type { Network } from '../network/network.ts';
import { subnetOf } from '../network/subnet-of.ts';
import { isInService } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { Registration, TargetGroup } from './target-group.ts';

/** Where a registered target is to be found. */
export interface TargetPlace {
  address: string;
  port: number;
}

/** The parts of the world that targets are found in. */
export interface TargetWorld {
  network: Network;
  loadBalancing: LoadBalancing;
}

/**
 * The places of a target: its address, its instance's, or those of an application load balancer's nodes in service.
 * A zone restricts them to those in it; an address outside the VPC is in every zone.
 */
export function placesOf(
  world: TargetWorld,
  group: TargetGroup,
  target: Registration,
  zone?: string,
): TargetPlace[] {
  const { port } = target;
  if (group.targetType === 'alb') {
    const nodes = world.loadBalancing.loadBalancers.get(target.id)?.nodes ?? [];
    return nodes
      .filter(isInService)
      .filter((node) => zone === undefined || node.interface.availabilityZone === zone)
      .flatMap((node) => node.interface.privateIpAddresses.map((address) => ({ address, port })));
  }
  if (zone !== undefined && !isIn(world, group, target, zone)) return [];
  const instance = group.targetType === 'instance' ? world.network.instances.get(target.id) : undefined;
  if (instance) return instance.state === 'running' ? [{ address: privateAddress(instance), port }] : [];
  return group.targetType === 'instance' ? [] : [{ address: target.id, port }];
}

/** The zone that a target is in; undefined for one that is in none, or in several. */
export function zoneOf(
  { network }: TargetWorld,
  group: TargetGroup,
  target: Registration,
): string | undefined {
  if (group.targetType === 'alb' || target.availabilityZone === 'all') return undefined;
  if (target.availabilityZone !== undefined) return target.availabilityZone;
  if (group.targetType === 'instance') return network.instances.get(target.id)?.interface.availabilityZone;
  return subnetOf(network, group.vpcId, target.id)?.availabilityZone;
}

function isIn(world: TargetWorld, group: TargetGroup, target: Registration, zone: string): boolean {
  const own = zoneOf(world, group, target);
  return own === undefined || own === zone;
}
