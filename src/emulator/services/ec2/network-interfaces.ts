import type {
  CreateNetworkInterfaceRequest,
  DescribeNetworkInterfacesRequest,
  EC2,
  NetworkInterface as InterfaceDescription,
  NetworkInterfaceAssociation,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { includes } from '../../world/network/cidr.ts';
import type { Network } from '../../world/network/network.ts';
import {
  createInterface,
  deleteInterface,
  type NetworkInterface,
} from '../../world/network/network-interface.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { applyFilters, type Filterable } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

const filterable: Filterable<NetworkInterface> = {
  'network-interface-id': ({ id }) => [id],
  description: ({ description }) => [description],
  'vpc-id': ({ vpcId }) => [vpcId],
  'subnet-id': ({ subnetId }) => [subnetId],
  'availability-zone': ({ availabilityZone }) => [availabilityZone],
  status: ({ status }) => [status],
  'interface-type': ({ interfaceType }) => [interfaceType],
  'requester-id': ({ requesterId }) => [requesterId],
  'requester-managed': ({ requesterManaged }) => [String(requesterManaged)],
  'owner-id': ({ ownerId }) => [ownerId],
  'mac-address': ({ macAddress }) => [macAddress],
  'group-id': ({ securityGroupIds }) => securityGroupIds,
  'private-ip-address': ({ privateIpAddresses }) => privateIpAddresses.slice(0, 1),
  'addresses.private-ip-address': ({ privateIpAddresses }) => privateIpAddresses,
  'ipv6-addresses.ipv6-address': ({ ipv6Addresses }) => ipv6Addresses,
  'attachment.instance-owner-id': ({ attachment }) => [attachment?.instanceOwnerId],
  'attachment.attachment-id': ({ attachment }) => [attachment?.id],
  'attachment.status': ({ attachment }) => [attachment && 'attached'],
  'attachment.device-index': ({ attachment }) => [attachment && String(attachment.deviceIndex)],
};

export const networkInterfaces: Operations<EC2> = {
  CreateNetworkInterface(input, { cell }) {
    const subnet = find(cell.network.subnets, input.SubnetId, 'InvalidSubnetID', 'subnet ID');
    const addresses = askedAddresses(input);
    for (const address of addresses) refuseAddress(cell.network, subnet, address);
    refuseTooManyGroups(input.Groups);
    const made = createInterface(cell.network, {
      account: cell.account,
      subnet,
      description: input.Description ?? '',
      address: addresses[0],
      secondaryAddresses: addresses.slice(1),
      securityGroupIds: input.Groups ?? cell.network.defaultGroupOf(subnet.vpcId),
      tags: specifiedTags(input.TagSpecifications),
    });
    return { NetworkInterface: describe(cell.network, made) };
  },
  DescribeNetworkInterfaces(input, { cell: { network } }) {
    const ids = input.NetworkInterfaceIds;
    refuseUnbounded(network, input);
    const asked = findAll(network.interfaces, ids, 'InvalidNetworkInterfaceID', 'networkInterface ID');
    const matching = applyFilters(asked, input.Filters, filterable);
    const { items, nextToken } = isPaged(input)
      ? page(matching, input)
      : { items: matching, nextToken: undefined };
    return { NetworkInterfaces: items.map((held) => describe(network, held)), NextToken: nextToken };
  },
  ModifyNetworkInterfaceAttribute(input, { cell: { network } }) {
    const id = input.NetworkInterfaceId;
    const held = find(network.interfaces, id, 'InvalidNetworkInterfaceID', 'networkInterface ID');
    if (held.requesterManaged) {
      throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    refuseTooManyGroups(input.Groups);
    for (const group of input.Groups ?? [])
      find(network.securityGroups, group, 'InvalidGroup', 'security group');
    held.securityGroupIds = input.Groups ?? held.securityGroupIds;
    held.description = input.Description?.Value ?? held.description;
    held.sourceDestCheck = input.SourceDestCheck?.Value ?? held.sourceDestCheck;
    network.changes.announce();
    return {};
  },
  DeleteNetworkInterface({ NetworkInterfaceId: id }, { cell: { network } }) {
    const held = find(network.interfaces, id, 'InvalidNetworkInterfaceID', 'networkInterface ID');
    if (held.requesterManaged) {
      throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    if (held.status === 'in-use') {
      throw new AwsError('InvalidParameterValue', `Network interface '${id}' is currently in use.`);
    }
    deleteInterface(network, held.id);
    return {};
  },
};

/** The addresses that an interface is to have, the primary first; undefined are those that EC2 gives. */
function askedAddresses(input: CreateNetworkInterfaceRequest): (string | undefined)[] {
  const listed = input.PrivateIpAddresses ?? [];
  const primary = listed.find(({ Primary }) => Primary)?.PrivateIpAddress ?? input.PrivateIpAddress;
  const secondary = listed.filter(({ Primary }) => !Primary).map((each) => each.PrivateIpAddress);
  const given = Array.from({ length: input.SecondaryPrivateIpAddressCount ?? 0 }, () => undefined);
  return [primary, ...secondary, ...given];
}

function refuseAddress(network: Network, subnet: Subnet, address: string | undefined): void {
  if (address === undefined) return;
  if (!includes(subnet.cidr, address)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Address ${address} does not fall within the subnet's address range`,
    );
  }
  if (network.interfaceAt({ address, vpcId: subnet.vpcId })) {
    throw new AwsError('InvalidIPAddress.InUse', `The specified address is already in use: ${address}`);
  }
}

/** Security groups that an interface may be in. */
const groupsPerInterface = 5;

function refuseTooManyGroups(groups: readonly string[] = []): void {
  if (groups.length <= groupsPerInterface) return;
  throw new AwsError(
    'SecurityGroupsPerInterfaceLimitExceeded',
    'The maximum number of security groups per interface has been reached.',
  );
}

/** How many interfaces an account may have before it must page or filter. AWS publishes no such number. */
const largestUnboundedAnswer = 1000;

/** Filters that AWS looks up by; all others it holds against every interface there is. */
const lookedUpBy = [
  'group-id',
  'mac-address',
  'private-dns-name',
  'private-ip-address',
  'subnet-id',
  'vpc-id',
];

function isPaged({ MaxResults, NextToken }: DescribeNetworkInterfacesRequest): boolean {
  return MaxResults !== undefined || NextToken !== undefined;
}

function refuseUnbounded(network: Network, input: DescribeNetworkInterfacesRequest): void {
  const byId = (input.NetworkInterfaceIds ?? []).length > 0;
  if (byId && input.MaxResults !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter NetworkInterfaceIds cannot be used with the parameter MaxResults',
    );
  }
  const bounded = input.Filters?.some(({ Name = '' }) => lookedUpBy.includes(Name));
  if (byId || bounded || isPaged(input) || network.interfaces.size <= largestUnboundedAnswer) return;
  throw new AwsError(
    'OperationNotPermitted',
    'You have exceeded the number of resources allowed in a single call of this type',
  );
}

/** The Elastic IP address that an address of the interface is known by outside. */
function associationOf(
  network: Network,
  held: NetworkInterface,
  privateIp: string | undefined,
): NetworkInterfaceAssociation | undefined {
  for (const { id, publicIp, association } of network.elasticIps.values()) {
    if (association?.interfaceId !== held.id || association.privateIp !== privateIp) continue;
    return { AllocationId: id, AssociationId: association.id, PublicIp: publicIp, IpOwnerId: held.ownerId };
  }
  return undefined;
}

function describe(network: Network, held: NetworkInterface): InterfaceDescription {
  const [primary] = held.privateIpAddresses;
  return {
    NetworkInterfaceId: held.id,
    Description: held.description,
    InterfaceType: held.interfaceType as InterfaceDescription['InterfaceType'],
    RequesterId: held.requesterId,
    RequesterManaged: held.requesterManaged,
    OwnerId: held.ownerId,
    VpcId: held.vpcId,
    SubnetId: held.subnetId,
    AvailabilityZone: held.availabilityZone,
    Status: held.status,
    MacAddress: held.macAddress,
    SourceDestCheck: held.sourceDestCheck,
    PrivateIpAddress: primary,
    PrivateIpAddresses: held.privateIpAddresses.map((address) => ({
      Primary: address === primary,
      PrivateIpAddress: address,
      Association: associationOf(network, held, address),
    })),
    Association: associationOf(network, held, primary),
    Ipv6Addresses: held.ipv6Addresses.map((address) => ({ Ipv6Address: address })),
    Groups: held.securityGroupIds.map((id) => ({
      GroupId: id,
      GroupName: network.securityGroups.get(id)?.name,
    })),
    Attachment: held.attachment && {
      AttachmentId: held.attachment.id,
      InstanceOwnerId: held.attachment.instanceOwnerId,
      DeviceIndex: held.attachment.deviceIndex,
      DeleteOnTermination: false,
      Status: 'attached',
    },
    TagSet: writeTags(held.tags),
  };
}
