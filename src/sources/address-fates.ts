import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import { chunks } from '../aws/chunks.ts';
import { explain } from '../aws/errors.ts';
import { addressTexts, describeNetworkInterfaces } from '../aws/network-interfaces.ts';
import { vpcNetworks } from '../aws/vpc-networks.ts';
import { type Address, addressFamily, parseAddress } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import { containedInAny } from '../engine/network.ts';

/** The most values that a filter takes. */
const filterLimit = 200;

const filterNames = {
  ipv4: 'addresses.private-ip-address',
  ipv6: 'ipv6-addresses.ipv6-address',
} as const;

export interface FatesQuery {
  addresses: readonly Address[];
  /** Where the source's interfaces are. */
  vpcIds: readonly string[];
  /** Whether an interface is one of the source's. */
  isOwn(holder: NetworkInterface): boolean;
  /** What the source took for out of service. */
  outOfService: readonly Address[];
}

/** What became of addresses that were a source's: asks who holds them now (FM2). */
export async function addressFates(ec2: EC2Client, query: FatesQuery): Promise<Fates> {
  const { addresses, vpcIds, isOwn, outOfService } = query;
  try {
    const networks = (await Promise.all(vpcIds.map((vpcId) => vpcNetworks(ec2, vpcId)))).flat();
    const holders = await holdersOf(ec2, vpcIds, addresses);
    const fateOf = (address: Address): Fate => {
      const own = (holders.get(address) ?? []).find(isOwn);
      if (own) return own.Status === 'in-use' && !outOfService.includes(address) ? 'in-service' : 'alive';
      if (holders.has(address)) return 'reassigned';
      const known = networks.filter((network) => network !== undefined);
      return containedInAny(known, address) ? 'gone' : 'untold';
    };
    return new Map(addresses.map((address) => [address, fateOf(address)]));
  } catch (error) {
    const message = explain(`confirming what became of ${addresses.join(', ')}`, error);
    throw new AlbridgeError('unconfirmed', message, { cause: error });
  }
}

/** The interfaces that hold an address: one, or one in each of several VPCs whose ranges overlap. */
async function holdersOf(
  ec2: EC2Client,
  vpcIds: readonly string[],
  addresses: readonly Address[],
): Promise<Map<Address, NetworkInterface[]>> {
  const holders = new Map<Address, NetworkInterface[]>();
  for (const family of ['ipv4', 'ipv6'] as const) {
    const ofFamily = addresses.filter((address) => addressFamily(address) === family);
    for (const values of chunks(ofFamily, filterLimit)) {
      const filters = [
        { Name: filterNames[family], Values: values },
        { Name: 'vpc-id', Values: [...vpcIds] },
      ];
      for (const found of await describeNetworkInterfaces(ec2, filters)) {
        for (const text of addressTexts(found)) {
          const address = parseAddress(text) ?? text;
          holders.set(address, [...(holders.get(address) ?? []), found]);
        }
      }
    }
  }
  return holders;
}
