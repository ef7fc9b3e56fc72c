import type { Network } from './network.ts';
import type { Subnet } from './vpc.ts';

export type InterfaceStatus = 'available' | 'associated' | 'attaching' | 'in-use' | 'detaching';

export interface NetworkInterface {
  id: string;
  description: string;
  interfaceType: string;
  requesterId: string | undefined;
  requesterManaged: boolean;
  ownerId: string;
  vpcId: string;
  subnetId: string;
  availabilityZone: string;
  status: InterfaceStatus;
  /** The first is the primary one. */
  privateIpAddresses: string[];
  ipv6Addresses: string[];
  securityGroupIds: string[];
  macAddress: string;
  sourceDestCheck: boolean;
  attachment: Attachment | undefined;
  tags: Map<string, string>;
}

export interface Attachment {
  id: string;
  instanceOwnerId: string;
  deviceIndex: number;
}

export interface InterfaceOptions {
  account: string;
  subnet: Subnet;
  description: string;
  securityGroupIds: string[];
  /** Given by EC2 where none is asked for. */
  address?: string | undefined;
  /** Besides the first; undefined are those that EC2 gives. */
  secondaryAddresses?: readonly (string | undefined)[];
  /** A service (`amazon-elb`) that makes and attaches the interface for itself. */
  requester?: { id: string; interfaceType: string } | undefined;
  tags?: Map<string, string>;
}

/** Makes an interface; a service's own is attached at once, anybody else's is `available`. */
export function createInterface(network: Network, options: InterfaceOptions): NetworkInterface {
  const { account, subnet, requester } = options;
  const made: NetworkInterface = {
    id: network.newId('eni'),
    description: options.description,
    interfaceType: requester?.interfaceType ?? 'interface',
    requesterId: requester?.id,
    requesterManaged: requester !== undefined,
    ownerId: account,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    status: requester ? 'in-use' : 'available',
    privateIpAddresses: addressesOf(network, options),
    ipv6Addresses: [],
    securityGroupIds: options.securityGroupIds,
    macAddress: network.newMacAddress(),
    sourceDestCheck: requester === undefined,
    attachment: requester && {
      id: network.newId('eni-attach'),
      instanceOwnerId: requester.id,
      deviceIndex: 1,
    },
    tags: options.tags ?? new Map(),
  };
  network.interfaces.set(made.id, made);
  network.changes.announce();
  return made;
}

function addressesOf(
  network: Network,
  { subnet, address, secondaryAddresses = [] }: InterfaceOptions,
): string[] {
  const wanted = [address, ...secondaryAddresses];
  const held = wanted.filter((one) => one !== undefined);
  return wanted.map((one) => {
    if (one !== undefined) return one;
    const given = network.allocate(subnet, held);
    held.push(given);
    return given;
  });
}

export function deleteInterface(network: Network, id: string): void {
  network.interfaces.delete(id);
  network.changes.announce();
}
