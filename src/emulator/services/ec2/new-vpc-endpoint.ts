import type { CreateVpcEndpointRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Call } from '../../core/service.ts';
import {
  type EndpointService,
  isCustomersService,
  mayConnect,
  newDnsLabel,
  offeredService,
} from '../../world/network/endpoint-service.ts';
import type { Network } from '../../world/network/network.ts';
import type { VpcEndpoint } from '../../world/network/vpc-endpoint.ts';
import { zonesOfService } from './endpoint-service-zones.ts';
import { find } from './lookup.ts';
import { noSuchService, principalOf } from './offered-endpoint-services.ts';
import { specifiedTags } from './tags.ts';

export const openPolicy: string = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
});

/**
 * An endpoint as a call asks for it. To a customer's service it waits for that customer, where they want to be asked.
 *
 * @throws AwsError where it names what is not there, or may not be named
 */
export function newEndpoint(input: CreateVpcEndpointRequest, call: Call): VpcEndpoint {
  const { network, clock, random } = call.cell;
  const vpc = find(network.vpcs, input.VpcId, 'InvalidVpcID', 'vpc ID');
  const type = endpointType(input);
  const subnetIds = [...new Set(input.SubnetIds ?? [])];
  const serviceName = input.ServiceName ?? '';
  const service = isCustomersService(serviceName) ? chosenService(call, serviceName, type) : undefined;
  checkSubnets(call, { vpcId: vpc.id, serviceName, subnetIds });
  if (type === 'Gateway' && subnetIds.length > 0) {
    throw new AwsError('InvalidParameter', 'SubnetIds is not supported for a Gateway endpoint');
  }
  checkGroups(network, input.SecurityGroupIds ?? []);
  const id = network.newId('vpce');
  return {
    id,
    type,
    vpcId: vpc.id,
    serviceName,
    state: type === 'Gateway' ? 'available' : service?.acceptanceRequired ? 'pendingAcceptance' : 'pending',
    subnetIds,
    securityGroupIds: type === 'Gateway' ? [] : (input.SecurityGroupIds ?? network.defaultGroupOf(vpc.id)),
    routeTableIds: input.RouteTableIds ?? [],
    interfaceIds: [],
    privateDnsEnabled: input.PrivateDnsEnabled ?? false,
    policyDocument: input.PolicyDocument ?? openPolicy,
    dnsLabel: newDnsLabel(random, id),
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

/** The customer's service of a name in this region, if the caller may make an endpoint to it. */
function chosenService(call: Call, name: string, type: VpcEndpoint['type']): EndpointService {
  const offered = offeredService(call.cell.cells(), name);
  if (offered?.place.region !== call.cell.region || !mayConnect(offered, principalOf(call))) {
    throw noSuchService(name);
  }
  if (type === 'Interface') return offered.service;
  throw new AwsError(
    'InvalidParameter',
    `The VPC endpoint service ${name} supports Interface endpoints, not ${type}`,
  );
}

export function checkGroups(network: Network, ids: readonly string[]): void {
  for (const id of ids) find(network.securityGroups, id, 'InvalidGroup', 'security group');
}

/**
 * An endpoint has at most one subnet in each Availability Zone, all of its VPC, and those zones are its service's.
 *
 * @throws AwsError `InvalidSubnetID.NotFound`, `InvalidParameter`, `DuplicateSubnetsInSameZone`
 */
export function checkSubnets(
  { cell }: Call,
  { vpcId, serviceName, subnetIds }: Pick<VpcEndpoint, 'vpcId' | 'serviceName' | 'subnetIds'>,
): void {
  const subnets = subnetIds.map((id) => find(cell.network.subnets, id, 'InvalidSubnetID', 'subnet ID'));
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
  const offered = offeredService(cell.cells(), serviceName);
  const supported = offered && zonesOfService(offered.place, offered.service);
  const outside = subnets.find(({ availabilityZone }) => supported?.includes(availabilityZone) === false);
  if (!outside) return;
  throw new AwsError(
    'InvalidParameter',
    `The VPC endpoint service ${serviceName} does not support the availability zone of the subnet: ${outside.id}.`,
  );
}
