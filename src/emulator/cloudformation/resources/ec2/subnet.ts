import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { retag, tagSpecifications } from './tags.ts';

export const subnet: ResourceProvider = {
  createOnly: ['AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'OutpostArn', 'VpcId'],

  async create(properties, context) {
    const input = toInput(ec2, 'CreateSubnet', properties, ['Tags', 'MapPublicIpOnLaunch']);
    const TagSpecifications = tagSpecifications('subnet', properties, context);
    const { Subnet } = await execute(ec2, 'CreateSubnet', { ...input, TagSpecifications }, context.call);
    const id = Subnet?.SubnetId ?? '';
    context.initiated(id);
    await setAttributes(id, properties, context);
    return describe(id, context);
  },

  async update(id, properties, previous, context) {
    await setAttributes(id, properties, context);
    await retag(id, properties, previous, context);
    return describe(id, context);
  },

  async delete(SubnetId, _properties, { call }) {
    await execute(ec2, 'DeleteSubnet', { SubnetId }, call);
  },
};

async function setAttributes(
  SubnetId: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const Value = readText(properties, 'MapPublicIpOnLaunch') === 'true';
  await execute(ec2, 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value } }, call);
}

async function describe(physicalId: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { Subnets: [found] = [] } = await execute(ec2, 'DescribeSubnets', { SubnetIds: [physicalId] }, call);
  return {
    physicalId,
    attributes: {
      SubnetId: physicalId,
      AvailabilityZone: found?.AvailabilityZone,
      AvailabilityZoneId: found?.AvailabilityZoneId,
      CidrBlock: found?.CidrBlock,
      VpcId: found?.VpcId,
    },
  };
}
