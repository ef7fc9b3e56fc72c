import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import { retag, tagSpecifications } from './tags.ts';

/** `AWS::EC2::EIP`: `Ref` gives the address itself. */
export const elasticIp: ResourceProvider = {
  createOnly: ['Address', 'Domain', 'NetworkBorderGroup'],

  async create(properties, context) {
    const own = toInput(ec2, 'AllocateAddress', properties, ['Tags']);
    const input = { ...own, TagSpecifications: tagSpecifications('elastic-ip', properties, context) };
    const { PublicIp = '', AllocationId } = await execute(ec2, 'AllocateAddress', input, context.call);
    return provided(PublicIp, AllocationId);
  },

  async update(publicIp, properties, previous, context) {
    const id = await allocationOf(publicIp, context);
    await retag(id, properties, previous, context);
    return provided(publicIp, id);
  },

  async delete(publicIp, _properties, context) {
    const AllocationId = await allocationOf(publicIp, context);
    await execute(ec2, 'ReleaseAddress', { AllocationId }, context.call);
  },
};

async function allocationOf(publicIp: string, { call }: ResourceContext): Promise<string> {
  const { Addresses: [found] = [] } = await execute(
    ec2,
    'DescribeAddresses',
    { PublicIps: [publicIp] },
    call,
  );
  return found?.AllocationId ?? '';
}

function provided(physicalId: string, AllocationId: string | undefined): ProvidedResource {
  return { physicalId, attributes: { AllocationId, PublicIp: physicalId } };
}
