import { includes } from './cidr.ts';
import type { Network } from './network.ts';
import type { Subnet } from './vpc.ts';

/** The subnet of a VPC that an address lies in. */
export function subnetOf(network: Network, vpcId: string, address: string): Subnet | undefined {
  for (const subnet of network.subnets.values()) {
    if (subnet.vpcId === vpcId && includes(subnet.cidr, address)) return subnet;
  }
  return undefined;
}
