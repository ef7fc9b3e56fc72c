import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, readTexts, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { retag, tagSpecifications } from './tags.ts';

/** `AWS::EC2::NetworkInterface`. Addresses cannot be changed in place here: another list of them takes a new one. */
export const networkInterface: ResourceProvider = {
  createOnly: [
    'InterfaceType',
    'PrivateIpAddress',
    'PrivateIpAddresses',
    'SecondaryPrivateIpAddressCount',
    'SubnetId',
  ],

  async create(properties, context) {
    const groups = readTexts(properties, 'GroupSet');
    const own = toInput(ec2, 'CreateNetworkInterface', properties, ['GroupSet', 'SourceDestCheck', 'Tags']);
    const TagSpecifications = tagSpecifications('network-interface', properties, context);
    const input = { ...own, ...(groups.length > 0 && { Groups: [...groups] }), TagSpecifications };
    const { NetworkInterface } = await execute(ec2, 'CreateNetworkInterface', input, context.call);
    const id = NetworkInterface?.NetworkInterfaceId ?? '';
    context.initiated(id);
    await setAttributes(id, properties, context);
    return describe(id, context);
  },

  async update(id, properties, previous, context) {
    await setAttributes(id, properties, context);
    await retag(id, properties, previous, context);
    return describe(id, context);
  },

  async delete(NetworkInterfaceId, _properties, { call }) {
    await execute(ec2, 'DeleteNetworkInterface', { NetworkInterfaceId }, call);
  },
};

async function setAttributes(
  NetworkInterfaceId: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const groups = readTexts(properties, 'GroupSet');
  const input = {
    NetworkInterfaceId,
    Description: { Value: readText(properties, 'Description') ?? '' },
    SourceDestCheck: { Value: readText(properties, 'SourceDestCheck') !== 'false' },
    ...(groups.length > 0 && { Groups: [...groups] }),
  };
  await execute(ec2, 'ModifyNetworkInterfaceAttribute', input, call);
}

async function describe(id: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const input = { NetworkInterfaceIds: [id] };
  const { NetworkInterfaces: [found] = [] } = await execute(ec2, 'DescribeNetworkInterfaces', input, call);
  if (!found) throw new ResourceFailure(`The networkInterface ID '${id}' does not exist`);
  return { physicalId: id, attributes: attributesOf(found) };
}

function attributesOf(found: NetworkInterface): Record<string, unknown> {
  const addresses = found.PrivateIpAddresses ?? [];
  return {
    Id: found.NetworkInterfaceId,
    PrimaryPrivateIpAddress: found.PrivateIpAddress,
    SecondaryPrivateIpAddresses: addresses
      .filter(({ Primary }) => !Primary)
      .map(({ PrivateIpAddress }) => PrivateIpAddress),
    VpcId: found.VpcId,
  };
}
