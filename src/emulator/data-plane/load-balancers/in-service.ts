import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';

/** Addresses of the nodes that clients are sent to, in one zone or in all. */
export function inService(balancer: LoadBalancer, zone?: string): string[] {
  return balancer.nodes
    .filter((node) => node.phase === 'serving')
    .filter((node) => zone === undefined || node.interface.availabilityZone === zone)
    .flatMap((node) => node.interface.privateIpAddresses);
}
