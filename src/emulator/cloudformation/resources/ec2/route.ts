import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

export const route: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput(ec2, 'CreateRoute', properties);
    await execute(ec2, 'CreateRoute', input, call);
    const destination =
      input.DestinationCidrBlock ?? input.DestinationIpv6CidrBlock ?? input.DestinationPrefixListId;
    return { physicalId: `${input.RouteTableId}|${destination}`, attributes: { CidrBlock: destination } };
  },

  async delete(_physicalId, properties, { call }) {
    const input = {
      RouteTableId: requireText(properties, 'RouteTableId'),
      DestinationCidrBlock: readText(properties, 'DestinationCidrBlock'),
      DestinationIpv6CidrBlock: readText(properties, 'DestinationIpv6CidrBlock'),
      DestinationPrefixListId: readText(properties, 'DestinationPrefixListId'),
    };
    await execute(ec2, 'DeleteRoute', input, call);
  },
};
