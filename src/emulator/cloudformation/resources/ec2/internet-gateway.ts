import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { requireText } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { retag, tagSpecifications } from './tags.ts';

export const internetGateway: ResourceProvider = {
  async create(properties, context) {
    const TagSpecifications = tagSpecifications('internet-gateway', properties, context);
    const { InternetGateway } = await execute(
      ec2,
      'CreateInternetGateway',
      { TagSpecifications },
      context.call,
    );
    return provided(InternetGateway?.InternetGatewayId ?? '');
  },

  async update(id, properties, previous, context) {
    await retag(id, properties, previous, context);
    return provided(id);
  },

  async delete(InternetGatewayId, _properties, { call }) {
    await execute(ec2, 'DeleteInternetGateway', { InternetGatewayId }, call);
  },
};

export const vpcGatewayAttachment: ResourceProvider = {
  async create(properties, { call }) {
    const VpcId = requireText(properties, 'VpcId');
    const InternetGatewayId = requireText(properties, 'InternetGatewayId');
    await execute(ec2, 'AttachInternetGateway', { VpcId, InternetGatewayId }, call);
    return { physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
  },

  async delete(_physicalId, properties, { call }) {
    const VpcId = requireText(properties, 'VpcId');
    const InternetGatewayId = requireText(properties, 'InternetGatewayId');
    await execute(ec2, 'DetachInternetGateway', { VpcId, InternetGatewayId }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { InternetGatewayId: physicalId } };
}
