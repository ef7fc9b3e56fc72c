import type { AttachmentStatus, EC2, InternetGateway as GatewayDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import type { Network } from '../../world/network/network.ts';
import type { InternetGateway } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

export const internetGateways: Operations<EC2> = {
  CreateInternetGateway({ TagSpecifications }, { cell: { network, account } }) {
    const gateway = { id: network.newId('igw'), vpcId: undefined, tags: specifiedTags(TagSpecifications) };
    network.internetGateways.set(gateway.id, gateway);
    return { InternetGateway: describe(gateway, account) };
  },
  DescribeInternetGateways(input, { cell: { network, account } }) {
    const ids = input.InternetGatewayIds;
    const asked = findAll(network.internetGateways, ids, 'InvalidInternetGatewayID', 'internetGateway ID');
    const matching = applyFilters(asked, input.Filters, {
      'internet-gateway-id': ({ id }) => [id],
      'attachment.vpc-id': ({ vpcId }) => [vpcId],
      'attachment.state': ({ vpcId }) => [vpcId && 'available'],
      'owner-id': () => [account],
    });
    const { items, nextToken } = page(matching, input);
    return { InternetGateways: items.map((gateway) => describe(gateway, account)), NextToken: nextToken };
  },
  AttachInternetGateway({ InternetGatewayId, VpcId }, { cell: { network } }) {
    const gateway = find(
      network.internetGateways,
      InternetGatewayId,
      'InvalidInternetGatewayID',
      'internetGateway ID',
    );
    const vpc = find(network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    if (gateway.vpcId !== undefined) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${gateway.id} is already attached to network ${gateway.vpcId}`,
      );
    }
    const other = [...network.internetGateways.values()].find((held) => held.vpcId === vpc.id);
    if (other) {
      throw new AwsError(
        'InvalidParameterValue',
        `Network ${vpc.id} already has an internet gateway attached`,
      );
    }
    gateway.vpcId = vpc.id;
    return {};
  },
  DetachInternetGateway({ InternetGatewayId, VpcId }, { cell: { network } }) {
    const gateway = find(
      network.internetGateways,
      InternetGatewayId,
      'InvalidInternetGatewayID',
      'internetGateway ID',
    );
    if (gateway.vpcId !== VpcId) {
      throw new AwsError('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${VpcId}`);
    }
    if (hasPublicAddress(network, gateway.vpcId)) {
      throw new AwsError(
        'DependencyViolation',
        `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    }
    gateway.vpcId = undefined;
    return {};
  },
  DeleteInternetGateway({ InternetGatewayId }, { cell: { network } }) {
    const gateway = find(
      network.internetGateways,
      InternetGatewayId,
      'InvalidInternetGatewayID',
      'internetGateway ID',
    );
    if (gateway.vpcId !== undefined) {
      throw new AwsError(
        'DependencyViolation',
        `The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`,
      );
    }
    network.internetGateways.delete(gateway.id);
    return {};
  },
};

function hasPublicAddress(network: Network, vpcId: string | undefined): boolean {
  return [...network.elasticIps.values()].some(
    ({ association }) => association && network.interfaces.get(association.interfaceId)?.vpcId === vpcId,
  );
}

function describe(gateway: InternetGateway, account: string): GatewayDescription {
  return {
    InternetGatewayId: gateway.id,
    OwnerId: account,
    // The model has no such state as EC2 answers: "available" for a gateway that is attached.
    Attachments:
      gateway.vpcId === undefined ? [] : [{ VpcId: gateway.vpcId, State: 'available' as AttachmentStatus }],
    Tags: writeTags(gateway.tags),
  };
}
