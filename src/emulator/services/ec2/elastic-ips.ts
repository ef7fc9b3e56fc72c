import type { Address, EC2 } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import type { ElasticIp } from '../../world/network/elastic-ip.ts';
import type { Network } from '../../world/network/network.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

/** Elastic IP addresses of a region that an account may hold. */
const quota = 5;

const notFound = ['InvalidAllocationID', 'allocation ID'] as const;

export const elasticIps: Operations<EC2> = {
  AllocateAddress({ TagSpecifications }, { cell: { network, region } }) {
    if (network.elasticIps.size >= quota) {
      throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
    }
    const elasticIp: ElasticIp = {
      id: network.newId('eipalloc'),
      publicIp: network.newPublicAddress(),
      association: undefined,
      tags: specifiedTags(TagSpecifications),
    };
    network.elasticIps.set(elasticIp.id, elasticIp);
    return {
      AllocationId: elasticIp.id,
      PublicIp: elasticIp.publicIp,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: region,
    };
  },
  DescribeAddresses({ AllocationIds, PublicIps, Filters }, { cell }) {
    const { elasticIps: all, interfaces } = cell.network;
    const asked = findAll(all, AllocationIds, ...notFound).filter(
      ({ publicIp }) => PublicIps?.includes(publicIp) ?? true,
    );
    const missing = PublicIps?.find((address) => !asked.some(({ publicIp }) => publicIp === address));
    if (missing !== undefined)
      throw new AwsError('InvalidAddress.NotFound', `Address '${missing}' not found.`);
    const matching = applyFilters(asked, Filters, {
      'allocation-id': ({ id }) => [id],
      'association-id': ({ association }) => [association?.id],
      'public-ip': ({ publicIp }) => [publicIp],
      'private-ip-address': ({ association }) => [association?.privateIp],
      'network-interface-id': ({ association }) => [association?.interfaceId],
      'network-interface-owner-id': ({ association }) => [
        interfaces.get(association?.interfaceId ?? '')?.ownerId,
      ],
      'network-border-group': () => [cell.region],
      domain: () => ['vpc'],
    });
    return { Addresses: matching.map((elasticIp) => describe(cell, elasticIp)) };
  },
  /** None has a domain name set for reverse look-ups. */
  DescribeAddressesAttribute(input, { cell: { network } }) {
    const asked = findAll(network.elasticIps, input.AllocationIds, ...notFound);
    const { items, nextToken } = page(asked, input, { least: 1, most: 1000 });
    return {
      Addresses: items.map(({ id, publicIp }) => ({ AllocationId: id, PublicIp: publicIp })),
      NextToken: nextToken,
    };
  },
  AssociateAddress({ AllocationId, NetworkInterfaceId, PrivateIpAddress, AllowReassociation }, { cell }) {
    const { network } = cell;
    const elasticIp = find(network.elasticIps, AllocationId, ...notFound);
    const held = find(
      network.interfaces,
      NetworkInterfaceId,
      'InvalidNetworkInterfaceID',
      'networkInterface ID',
    );
    if (elasticIp.association && !AllowReassociation) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${elasticIp.id} is already associated with associate-id ${elasticIp.association.id}`,
      );
    }
    const privateIp = PrivateIpAddress ?? held.privateIpAddresses[0] ?? '';
    if (!held.privateIpAddresses.includes(privateIp)) {
      throw new AwsError(
        'InvalidParameterValue',
        `The address ${privateIp} is not assigned to the interface ${held.id}`,
      );
    }
    refuseWithoutGateway(network, held.vpcId);
    elasticIp.association = { id: network.newId('eipassoc'), interfaceId: held.id, privateIp };
    return { AssociationId: elasticIp.association.id };
  },
  DisassociateAddress({ AssociationId }, { cell: { network } }) {
    const elasticIp = [...network.elasticIps.values()].find(
      ({ association }) => association?.id === AssociationId,
    );
    if (!elasticIp) {
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${AssociationId}' does not exist`,
      );
    }
    refuseServicesOwn(network, elasticIp);
    elasticIp.association = undefined;
    return {};
  },
  ReleaseAddress({ AllocationId }, { cell: { network } }) {
    const elasticIp = find(network.elasticIps, AllocationId, ...notFound);
    if (elasticIp.association) {
      throw new AwsError(
        'InvalidIPAddress.InUse',
        `Address ${elasticIp.publicIp} is in use and cannot be released`,
      );
    }
    network.elasticIps.delete(elasticIp.id);
    return {};
  },
};

export function refuseWithoutGateway(network: Network, vpcId: string): void {
  if ([...network.internetGateways.values()].some((gateway) => gateway.vpcId === vpcId)) return;
  throw new AwsError('Gateway.NotAttached', `Network ${vpcId} is not attached to any internet gateway`);
}

function refuseServicesOwn(network: Network, { association }: ElasticIp): void {
  if (!network.interfaces.get(association?.interfaceId ?? '')?.requesterManaged) return;
  throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
}

function describe({ account, region, network }: Cell, elasticIp: ElasticIp): Address {
  const { association } = elasticIp;
  return {
    AllocationId: elasticIp.id,
    PublicIp: elasticIp.publicIp,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: region,
    ...(association && {
      AssociationId: association.id,
      NetworkInterfaceId: association.interfaceId,
      NetworkInterfaceOwnerId: network.interfaces.get(association.interfaceId)?.ownerId ?? account,
      PrivateIpAddress: association.privateIp,
    }),
    Tags: writeTags(elasticIp.tags),
  };
}
