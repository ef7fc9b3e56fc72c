import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readText, readTexts, requireText } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { retag, tagSpecifications } from './tags.ts';

/** `AWS::EC2::VPCEndpoint`, complete when it is available, or waits for its service's owner. */
export const vpcEndpoint: ResourceProvider = {
  createOnly: ['ServiceName', 'ServiceRegion', 'VpcEndpointType', 'VpcId'],

  async create(properties, context) {
    const { VpcEndpoint } = await execute(
      ec2,
      'CreateVpcEndpoint',
      inputOf(properties, context),
      context.call,
    );
    const id = VpcEndpoint?.VpcEndpointId ?? '';
    context.initiated(id);
    return settled(id, context);
  },

  async update(id, properties, previous, context) {
    const policy = policyOf(properties);
    const [AddSubnetIds, RemoveSubnetIds] = difference(properties, previous, 'SubnetIds');
    const [AddRouteTableIds, RemoveRouteTableIds] = difference(properties, previous, 'RouteTableIds');
    const held = { SecurityGroupIds: await groupsOf(id, context) };
    const groups = readTexts(properties, 'SecurityGroupIds').length > 0 ? properties : held;
    const [AddSecurityGroupIds, RemoveSecurityGroupIds] = difference(groups, held, 'SecurityGroupIds');
    const input = {
      VpcEndpointId: id,
      AddSubnetIds,
      RemoveSubnetIds,
      AddRouteTableIds,
      RemoveRouteTableIds,
      AddSecurityGroupIds,
      RemoveSecurityGroupIds,
      ...(policy === undefined ? { ResetPolicy: true } : { PolicyDocument: policy }),
      PrivateDnsEnabled: readText(properties, 'PrivateDnsEnabled') === 'true',
    };
    await execute(ec2, 'ModifyVpcEndpoint', input, context.call);
    await retag(id, properties, previous, context);
    return settled(id, context);
  },

  async delete(id, _properties, { call }) {
    const { Unsuccessful = [] } = await execute(ec2, 'DeleteVpcEndpoints', { VpcEndpointIds: [id] }, call);
    const [failure] = Unsuccessful;
    if (failure && !failure.Error?.Code?.endsWith('.NotFound'))
      throw new ResourceFailure(failure.Error?.Message);
  },
};

type CreateInput = Parameters<NonNullable<(typeof ec2.operations)['CreateVpcEndpoint']>>[0];

function inputOf(properties: Properties, context: ResourceContext): CreateInput {
  const groups = readTexts(properties, 'SecurityGroupIds');
  return {
    VpcId: requireText(properties, 'VpcId'),
    ServiceName: requireText(properties, 'ServiceName'),
    VpcEndpointType: readText(properties, 'VpcEndpointType') as CreateInput['VpcEndpointType'],
    SubnetIds: [...readTexts(properties, 'SubnetIds')],
    ...(groups.length > 0 && { SecurityGroupIds: [...groups] }),
    RouteTableIds: [...readTexts(properties, 'RouteTableIds')],
    PolicyDocument: policyOf(properties),
    PrivateDnsEnabled: readText(properties, 'PrivateDnsEnabled') === 'true',
    TagSpecifications: tagSpecifications('vpc-endpoint', properties, context),
  };
}

function policyOf({ PolicyDocument: document }: Properties): string | undefined {
  return isRecord(document) ? JSON.stringify(document) : readText({ document }, 'document');
}

/** What a list has gained, and what it has lost. */
function difference(properties: Properties, previous: Properties, name: string): [string[], string[]] {
  const [desired, current] = [readTexts(properties, name), readTexts(previous, name)];
  const gained = desired.filter((id) => !current.includes(id));
  return [gained, current.filter((id) => !desired.includes(id))];
}

async function find(id: string, { call }: ResourceContext): Promise<VpcEndpoint | undefined> {
  const { VpcEndpoints: [found] = [] } = await execute(
    ec2,
    'DescribeVpcEndpoints',
    { VpcEndpointIds: [id] },
    call,
  );
  return found;
}

/** Asked of EC2: where a template names none, the endpoint is in its VPC's default group. */
async function groupsOf(id: string, context: ResourceContext): Promise<string[]> {
  const { Groups = [] } = (await find(id, context)) ?? {};
  return Groups.map(({ GroupId = '' }) => GroupId);
}

function settled(id: string, context: ResourceContext): Promise<ProvidedResource> {
  const waiting = { clock: context.cell.clock, signal: context.signal };
  return waitFor(async () => {
    const found = await find(id, context);
    if (found?.State?.toLowerCase() === 'rejected')
      throw new ResourceFailure(`VpcEndpoint ${id} was rejected`);
    return found && found.State?.toLowerCase() !== 'pending' ? provided(found) : undefined;
  }, waiting);
}

function provided(found: VpcEndpoint): ProvidedResource {
  const id = found.VpcEndpointId ?? '';
  const entries = found.DnsEntries ?? [];
  return {
    physicalId: id,
    attributes: {
      Id: id,
      CreationTimestamp: found.CreationTimestamp?.toISOString(),
      DnsEntries: entries.map(({ HostedZoneId, DnsName }) => `${HostedZoneId}:${DnsName}`),
      NetworkInterfaceIds: found.NetworkInterfaceIds ?? [],
    },
  };
}
