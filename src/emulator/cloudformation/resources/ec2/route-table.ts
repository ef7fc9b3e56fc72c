import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { requireText } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { retag, tagSpecifications } from './tags.ts';

export const routeTable: ResourceProvider = {
  createOnly: ['VpcId'],

  async create(properties, context) {
    const TagSpecifications = tagSpecifications('route-table', properties, context);
    const input = { VpcId: requireText(properties, 'VpcId'), TagSpecifications };
    const { RouteTable } = await execute(ec2, 'CreateRouteTable', input, context.call);
    return provided(RouteTable?.RouteTableId ?? '');
  },

  async update(id, properties, previous, context) {
    await retag(id, properties, previous, context);
    return provided(id);
  },

  async delete(RouteTableId, _properties, { call }) {
    await execute(ec2, 'DeleteRouteTable', { RouteTableId }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { RouteTableId: physicalId } };
}
