import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import { chunks } from '../aws/chunks.ts';
import { explain } from '../aws/errors.ts';
import { addressTexts, describeNetworkInterfaces } from '../aws/network-interfaces.ts';
import { vpcNetworks } from '../aws/vpc-networks.ts';
import { type Address, addressFamily, parseAddress } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import { containedInAny } from '../engine/network.ts';
import type { LoadBalancer } from './find-load-balancer.ts';

/** The most values that a filter takes. */
const filterLimit = 200;

const filterNames = {
  ipv4: 'addresses.private-ip-address',
  ipv6: 'ipv6-addresses.ipv6-address',
} as const;

/** What became of addresses that were the load balancer's: asks who holds them now (FM2). */
export async function addressFates(
  ec2: EC2Client,
  loadBalancer: LoadBalancer,
  addresses: readonly Address[],
  outOfService: readonly Address[],
): Promise<Fates> {
  try {
    const networks = await vpcNetworks(ec2, loadBalancer.vpcId);
    const holders = await holdersOf(ec2, loadBalancer.vpcId, addresses);
    const fateOf = (address: Address): Fate => {
      const holder = holders.get(address);
      if (!holder) return containedInAny(networks ?? [], address) ? 'gone' : 'untold';
      if (holder.Description !== loadBalancer.interfaceDescription) return 'reassigned';
      return holder.Status === 'in-use' && !outOfService.includes(address) ? 'in-service' : 'alive';
    };
    return new Map(addresses.map((address) => [address, fateOf(address)]));
  } catch (error) {
    const message = explain(`confirming what became of ${addresses.join(', ')}`, error);
    throw new AlbridgeError('unconfirmed', message, { cause: error });
  }
}

async function holdersOf(
  ec2: EC2Client,
  vpcId: string,
  addresses: readonly Address[],
): Promise<Map<Address, NetworkInterface>> {
  const holders = new Map<Address, NetworkInterface>();
  for (const family of ['ipv4', 'ipv6'] as const) {
    const ofFamily = addresses.filter((address) => addressFamily(address) === family);
    for (const values of chunks(ofFamily, filterLimit)) {
      const filters = [
        { Name: filterNames[family], Values: values },
        { Name: 'vpc-id', Values: [vpcId] },
      ];
      for (const found of await describeNetworkInterfaces(ec2, filters)) {
        for (const text of addressTexts(found)) holders.set(parseAddress(text) ?? text, found);
      }
    }
  }
  return holders;
}
