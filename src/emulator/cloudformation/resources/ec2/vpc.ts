import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { retag, tagSpecifications } from './tags.ts';

export const vpc: ResourceProvider = {
  createOnly: ['CidrBlock', 'InstanceTenancy', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],

  async create(properties, context) {
    const input = toInput(ec2, 'CreateVpc', properties, ['Tags', ...attributeNames]);
    const TagSpecifications = tagSpecifications('vpc', properties, context);
    const { Vpc } = await execute(ec2, 'CreateVpc', { ...input, TagSpecifications }, context.call);
    const id = Vpc?.VpcId ?? '';
    context.initiated(id);
    await setAttributes(id, properties, context);
    return describe(id, context);
  },

  async update(id, properties, previous, context) {
    await setAttributes(id, properties, context);
    await retag(id, properties, previous, context);
    return describe(id, context);
  },

  async delete(VpcId, _properties, { call }) {
    await execute(ec2, 'DeleteVpc', { VpcId }, call);
  },
};

const attributeNames = ['EnableDnsHostnames', 'EnableDnsSupport'];

async function setAttributes(
  VpcId: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  for (const name of attributeNames) {
    const value = readText(properties, name);
    if (value === undefined) continue;
    await execute(
      ec2,
      'ModifyVpcAttribute',
      toInput(ec2, 'ModifyVpcAttribute', { VpcId, [name]: { Value: value } }),
      call,
    );
  }
}

async function describe(id: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { Vpcs: [found] = [] } = await execute(ec2, 'DescribeVpcs', { VpcIds: [id] }, call);
  if (!found) throw new ResourceFailure(`The vpc ID '${id}' does not exist`);
  const groups = await execute(
    ec2,
    'DescribeSecurityGroups',
    {
      Filters: [
        { Name: 'vpc-id', Values: [id] },
        { Name: 'group-name', Values: ['default'] },
      ],
    },
    call,
  );
  return {
    physicalId: id,
    attributes: {
      VpcId: id,
      CidrBlock: found.CidrBlock,
      CidrBlockAssociations: found.CidrBlockAssociationSet?.map(({ AssociationId }) => AssociationId),
      DefaultSecurityGroup: groups.SecurityGroups?.[0]?.GroupId,
      Ipv6CidrBlocks: found.Ipv6CidrBlockAssociationSet?.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock) ?? [],
    },
  };
}
