import type { Cell } from '../../core/cell.ts';
import type { EndpointService } from '../../world/network/endpoint-service.ts';

/** The Availability Zones that a service's load balancers are in: only there can endpoints have interfaces. */
export function zonesOfService(
  { network, loadBalancing }: Cell,
  { loadBalancerArns }: EndpointService,
): string[] {
  const subnetIds = loadBalancerArns.flatMap((arn) => loadBalancing.loadBalancers.get(arn)?.subnetIds ?? []);
  const zones = subnetIds.flatMap((id) => network.subnets.get(id)?.availabilityZone ?? []);
  return [...new Set(zones)].sort();
}
