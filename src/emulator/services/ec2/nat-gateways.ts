import type { CreateNatGatewayRequest, EC2, NatGateway as GatewayDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import type { ElasticIp } from '../../world/network/elastic-ip.ts';
import {
  createNatGateway,
  deleteNatGateway,
  isGone,
  type NatGateway,
} from '../../world/network/nat-gateway.ts';
import type { Network } from '../../world/network/network.ts';
import { refuseWithoutGateway } from './elastic-ips.ts';
import { applyFilters } from './filters.ts';
import { find } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

/** NAT gateways that an account may have in an Availability Zone. */
const quotaPerZone = 5;

export const natGateways: Operations<EC2> = {
  CreateNatGateway(input, { cell }) {
    const { network } = cell;
    const subnet = find(network.subnets, input.SubnetId, 'InvalidSubnetID', 'subnet ID');
    refuseTooMany(network, subnet.availabilityZone);
    const connectivity = input.ConnectivityType ?? 'public';
    const elasticIp = connectivity === 'public' ? freeElasticIp(network, input) : undefined;
    if (connectivity === 'public') refuseWithoutGateway(network, subnet.vpcId);
    const gateway = createNatGateway(cell, {
      subnet,
      connectivity,
      address: input.PrivateIpAddress,
      elasticIp,
      tags: specifiedTags(input.TagSpecifications),
    });
    return { ClientToken: input.ClientToken, NatGateway: describe(gateway) };
  },
  DescribeNatGateways(input, { cell: { network } }) {
    const ids = input.NatGatewayIds;
    const asked = ids?.length ? ids.map((id) => findGateway(network, id)) : [...network.natGateways.values()];
    const matching = applyFilters(asked, input.Filter, {
      'nat-gateway-id': ({ id }) => [id],
      state: ({ state }) => [state],
      'subnet-id': ({ subnetId }) => [subnetId],
      'vpc-id': ({ vpcId }) => [vpcId],
    });
    const { items, nextToken } = page(matching, input);
    return { NatGateways: items.map(describe), NextToken: nextToken };
  },
  DeleteNatGateway({ NatGatewayId }, { cell }) {
    const gateway = findGateway(cell.network, NatGatewayId);
    deleteNatGateway(cell, gateway);
    return { NatGatewayId: gateway.id };
  },
};

/** The one code of EC2 that says "not found" in another way. */
function findGateway({ natGateways: all }: Network, id: string | undefined): NatGateway {
  const gateway = all.get(id ?? '');
  if (!gateway) throw new AwsError('NatGatewayNotFound', `NatGateway ${id} was not found`);
  return gateway;
}

function freeElasticIp(network: Network, { AllocationId }: CreateNatGatewayRequest): ElasticIp {
  if (AllocationId === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter AllocationId');
  }
  const elasticIp = find(network.elasticIps, AllocationId, 'InvalidAllocationID', 'allocation ID');
  if (elasticIp.association) {
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `resource ${elasticIp.id} is already associated with associate-id ${elasticIp.association.id}`,
    );
  }
  return elasticIp;
}

function refuseTooMany(network: Network, zone: string): void {
  const inZone = [...network.natGateways.values()].filter(
    (gateway) => !isGone(gateway) && network.subnets.get(gateway.subnetId)?.availabilityZone === zone,
  );
  if (inZone.length < quotaPerZone) return;
  throw new AwsError(
    'NatGatewayLimitExceeded',
    `The maximum number of NAT gateways of the Availability Zone ${zone} has been reached: ${quotaPerZone}`,
  );
}

function describe(gateway: NatGateway): GatewayDescription {
  const { allocation } = gateway;
  return {
    NatGatewayId: gateway.id,
    VpcId: gateway.vpcId,
    SubnetId: gateway.subnetId,
    ConnectivityType: gateway.connectivity,
    State: gateway.state,
    CreateTime: new Date(gateway.createdAt),
    ...(gateway.deletedAt !== undefined && { DeleteTime: new Date(gateway.deletedAt) }),
    NatGatewayAddresses: [
      {
        NetworkInterfaceId: gateway.interfaceId,
        PrivateIp: gateway.privateIp,
        IsPrimary: true,
        Status: 'succeeded',
        ...(allocation && {
          AllocationId: allocation.id,
          AssociationId: allocation.associationId,
          PublicIp: allocation.publicIp,
        }),
      },
    ],
    Tags: writeTags(gateway.tags),
  };
}
