import type { EC2, InternetGateway as GatewayDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { InternetGateway } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags, writeTags } from './tags.ts';

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

function describe(gateway: InternetGateway, account: string): GatewayDescription {
  return {
    InternetGatewayId: gateway.id,
    OwnerId: account,
    Attachments: gateway.vpcId === undefined ? [] : [{ VpcId: gateway.vpcId, State: 'attached' }],
    Tags: writeTags(gateway.tags),
  };
}
