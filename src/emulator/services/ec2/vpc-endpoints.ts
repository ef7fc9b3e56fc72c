import type {
  CreateVpcEndpointRequest,
  EC2,
  VpcEndpoint as EndpointDescription,
  State,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { Network } from '../../world/network/network.ts';
import {
  deleteEndpoint,
  followSubnets,
  provisionEndpoint,
  type VpcEndpoint,
} from '../../world/network/vpc-endpoint.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags, writeTags } from './tags.ts';

const openPolicy = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
});

export const vpcEndpoints: Operations<EC2> = {
  CreateVpcEndpoint(input, { cell }) {
    const endpoint = newEndpoint(input, cell);
    provisionEndpoint(cell, endpoint);
    return { VpcEndpoint: describe(endpoint, cell) };
  },
  DescribeVpcEndpoints(input, { cell }) {
    const { vpcEndpoints: all } = cell.network;
    const asked = findAll(all, input.VpcEndpointIds, 'InvalidVpcEndpointId', 'Vpc Endpoint Id');
    const matching = applyFilters(asked, input.Filters, {
      'vpc-endpoint-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'service-name': ({ serviceName }) => [serviceName],
      'vpc-endpoint-type': ({ type }) => [type],
      'vpc-endpoint-state': ({ state }) => [state],
    });
    const { items, nextToken } = page(matching, input);
    return { VpcEndpoints: items.map((endpoint) => describe(endpoint, cell)), NextToken: nextToken };
  },
  ModifyVpcEndpoint(input, { cell }) {
    const endpoint = findEndpoint(cell.network, input.VpcEndpointId);
    const { AddSubnetIds: added = [], RemoveSubnetIds: removed = [] } = input;
    const staying = endpoint.subnetIds.filter((id) => !removed.includes(id));
    const subnetIds = [...new Set([...staying, ...added])];
    checkSubnets(cell.network, endpoint.vpcId, subnetIds);
    endpoint.subnetIds = subnetIds;
    followSubnets(cell, endpoint);
    return { Return: true };
  },
  DeleteVpcEndpoints({ VpcEndpointIds = [] }, { cell }) {
    const unsuccessful = VpcEndpointIds.flatMap((id) => {
      const endpoint = cell.network.vpcEndpoints.get(id);
      if (!endpoint) return [{ ResourceId: id, Error: notFound(id) }];
      deleteEndpoint(cell, endpoint);
      return [];
    });
    return { Unsuccessful: unsuccessful };
  },
};

function newEndpoint(input: CreateVpcEndpointRequest, cell: Cell): VpcEndpoint {
  const { network, clock } = cell;
  const vpc = find(network.vpcs, input.VpcId, 'InvalidVpcID', 'vpc ID');
  const type = endpointType(input);
  const subnetIds = [...new Set(input.SubnetIds ?? [])];
  checkSubnets(network, vpc.id, subnetIds);
  if (type === 'Gateway' && subnetIds.length > 0) {
    throw new AwsError('InvalidParameter', 'SubnetIds is not supported for a Gateway endpoint');
  }
  for (const id of input.SecurityGroupIds ?? [])
    find(network.securityGroups, id, 'InvalidGroup', 'security group');
  return {
    id: network.newId('vpce'),
    type,
    vpcId: vpc.id,
    serviceName: input.ServiceName ?? '',
    state: type === 'Gateway' ? 'available' : 'pending',
    subnetIds,
    securityGroupIds: type === 'Gateway' ? [] : (input.SecurityGroupIds ?? network.defaultGroupOf(vpc.id)),
    routeTableIds: input.RouteTableIds ?? [],
    interfaceIds: [],
    privateDnsEnabled: input.PrivateDnsEnabled ?? false,
    policyDocument: input.PolicyDocument ?? openPolicy,
    createdAt: clock.now(),
    tags: specifiedTags(input.TagSpecifications),
  };
}

function endpointType({ VpcEndpointType = 'Gateway' }: CreateVpcEndpointRequest): VpcEndpoint['type'] {
  if (VpcEndpointType === 'Interface' || VpcEndpointType === 'Gateway') return VpcEndpointType;
  throw new AwsError(
    'InvalidParameter',
    `VpcEndpointType ${VpcEndpointType} is not supported by this local AWS: Interface and Gateway are`,
  );
}

/** An endpoint has at most one subnet in each Availability Zone, all of its VPC. */
function checkSubnets(network: Network, vpcId: string, subnetIds: readonly string[]): void {
  const subnets = subnetIds.map((id) => find(network.subnets, id, 'InvalidSubnetID', 'subnet ID'));
  const foreign = subnets.find((subnet) => subnet.vpcId !== vpcId);
  if (foreign) {
    throw new AwsError(
      'InvalidParameter',
      `The subnet ID '${foreign.id}' does not belong to the VPC '${vpcId}'`,
    );
  }
  const zones = subnets.map(({ availabilityZone }) => availabilityZone);
  const repeated = zones.find((zone, index) => zones.indexOf(zone) !== index);
  if (repeated !== undefined) {
    throw new AwsError(
      'DuplicateSubnetsInSameZone',
      `Found another VPC endpoint subnet in the availability zone of ${repeated}.`,
    );
  }
}

function findEndpoint(network: Network, id: string | undefined): VpcEndpoint {
  return find(network.vpcEndpoints, id, 'InvalidVpcEndpointId', 'Vpc Endpoint Id');
}

function notFound(id: string): { Code: string; Message: string } {
  return { Code: 'InvalidVpcEndpointId.NotFound', Message: `The Vpc Endpoint Id '${id}' does not exist` };
}

function describe(endpoint: VpcEndpoint, { network, account }: Cell): EndpointDescription {
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: endpoint.state as State,
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: endpoint.routeTableIds,
    SubnetIds: endpoint.subnetIds,
    Groups: endpoint.securityGroupIds.map((id) => ({
      GroupId: id,
      GroupName: network.securityGroups.get(id)?.name,
    })),
    IpAddressType: 'ipv4',
    PrivateDnsEnabled: endpoint.privateDnsEnabled,
    RequesterManaged: false,
    NetworkInterfaceIds: endpoint.interfaceIds,
    DnsEntries: [],
    CreationTimestamp: new Date(endpoint.createdAt),
    OwnerId: account,
    Tags: writeTags(endpoint.tags),
  };
}
