import type { NatGateway } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import { waitFor } from '../../waiting.ts';
import { retag, tagSpecifications } from './tags.ts';

/** `AWS::EC2::NatGateway`, complete when it is available. */
export const natGateway: ResourceProvider = {
  createOnly: ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId'],

  async create(properties, context) {
    const own = toInput(ec2, 'CreateNatGateway', properties, ['Tags']);
    const input = { ...own, TagSpecifications: tagSpecifications('natgateway', properties, context) };
    const { NatGateway } = await execute(ec2, 'CreateNatGateway', input, context.call);
    const id = NatGateway?.NatGatewayId ?? '';
    context.initiated(id);
    return provided(await inState('available', id, context));
  },

  async update(id, properties, previous, context) {
    await retag(id, properties, previous, context);
    return provided(await inState('available', id, context));
  },

  /** Its Elastic IP address and its interface are free once it is deleted. */
  async delete(id, _properties, context) {
    await execute(ec2, 'DeleteNatGateway', { NatGatewayId: id }, context.call);
    await inState('deleted', id, context);
  },
};

function inState(state: string, id: string, context: ResourceContext): Promise<NatGateway> {
  const waiting = { clock: context.cell.clock, signal: context.signal };
  return waitFor(async () => {
    const input = { NatGatewayIds: [id] };
    const { NatGateways: [found] = [] } = await execute(ec2, 'DescribeNatGateways', input, context.call);
    return found?.State === state ? found : undefined;
  }, waiting);
}

function provided({ NatGatewayId = '', NatGatewayAddresses: [address] = [] }: NatGateway): ProvidedResource {
  return { physicalId: NatGatewayId, attributes: { NatGatewayId, EniId: address?.NetworkInterfaceId } };
}
