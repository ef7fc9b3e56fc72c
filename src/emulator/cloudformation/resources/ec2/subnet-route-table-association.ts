import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

export const subnetRouteTableAssociation: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput(ec2, 'AssociateRouteTable', properties);
    const { AssociationId = '' } = await execute(ec2, 'AssociateRouteTable', input, call);
    return { physicalId: AssociationId, attributes: { Id: AssociationId } };
  },

  async delete(AssociationId, _properties, { call }) {
    await execute(ec2, 'DisassociateRouteTable', { AssociationId }, call);
  },
};
