import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import { explain } from '../aws/errors.ts';
import { interfacesByAddress } from '../aws/interfaces-by.ts';
import { vpcNetworks } from '../aws/vpc-networks.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import { containedInAny } from '../engine/network.ts';

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
): Promise<Map<Address, readonly NetworkInterface[]>> {
  const asked = addresses.map(async (address) => {
    const inEach = vpcIds.map((vpcId) => interfacesByAddress(ec2, { vpcId, address }));
    return [address, (await Promise.all(inEach)).flat()] as const;
  });
  return new Map((await Promise.all(asked)).filter(([, holders]) => holders.length > 0));
}
