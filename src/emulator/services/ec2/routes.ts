import type { CreateRouteRequest, EC2, Route as RouteDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { isBlock } from '../../world/network/cidr.ts';
import { isGone } from '../../world/network/nat-gateway.ts';
import type { Network } from '../../world/network/network.ts';
import type { Route, RouteTable, RouteTarget } from '../../world/network/vpc.ts';
import { find } from './lookup.ts';

type Destination = Pick<
  CreateRouteRequest,
  'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'
>;

export const routes: Operations<EC2> = {
  CreateRoute(input, { cell: { network } }) {
    const table = find(network.routeTables, input.RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const destination = readDestination(network, input);
    if (table.routes.some((route) => route.destination === destination)) {
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
    }
    table.routes.push({ destination, target: readTarget(network, table, input) });
    return { Return: true };
  },
  ReplaceRoute(input, { cell: { network } }) {
    const table = find(network.routeTables, input.RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const route = findRoute(table, readDestination(network, input));
    route.target = input.LocalTarget ? { kind: 'gateway', id: 'local' } : readTarget(network, table, input);
    return {};
  },
  DeleteRoute(input, { cell: { network } }) {
    const table = find(network.routeTables, input.RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const route = findRoute(table, readDestination(network, input));
    if (isLocal(route)) {
      throw new AwsError(
        'InvalidParameterValue',
        `cannot remove local route ${route.destination} in route table ${table.id}`,
      );
    }
    table.routes.splice(table.routes.indexOf(route), 1);
    return {};
  },
};

function findRoute(table: RouteTable, destination: string): Route {
  const route = table.routes.find((held) => held.destination === destination);
  if (route) return route;
  throw new AwsError(
    'InvalidRoute.NotFound',
    `no route with destination-cidr-block ${destination} in route table ${table.id}`,
  );
}

function readDestination(network: Network, input: Destination): string {
  const { DestinationCidrBlock: ipv4, DestinationIpv6CidrBlock: ipv6, DestinationPrefixListId: list } = input;
  if (ipv4 !== undefined) return checkedBlock(ipv4, 'ipv4');
  if (ipv6 !== undefined) return checkedBlock(ipv6, 'ipv6');
  if (list !== undefined) return find(network.prefixLists, list, 'InvalidPrefixListID', 'prefix list ID').id;
  throw new AwsError(
    'MissingParameter',
    'The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId',
  );
}

function checkedBlock(cidr: string, family: 'ipv4' | 'ipv6'): string {
  if (isBlock(cidr, family)) return cidr;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${cidr}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
  );
}

/** Targets that routes may have and this local AWS has none of: an id of theirs is never found. */
const absent = [
  ['EgressOnlyInternetGatewayId', 'InvalidGatewayID', 'eigw ID'],
  ['InstanceId', 'InvalidInstanceID', 'instance ID'],
  ['TransitGatewayId', 'InvalidTransitGatewayID', 'transitGateway ID'],
  ['VpcPeeringConnectionId', 'InvalidVpcPeeringConnectionID', 'vpcPeeringConnection ID'],
  ['LocalGatewayId', 'InvalidLocalGatewayID', 'localGateway ID'],
  ['CarrierGatewayId', 'InvalidCarrierGatewayID', 'carrierGateway ID'],
  ['VpcEndpointId', 'InvalidVpcEndpointId', 'Vpc Endpoint Id'],
  ['CoreNetworkArn', 'InvalidCoreNetworkArn', 'core network ARN'],
] as const;

function readTarget(network: Network, table: RouteTable, input: CreateRouteRequest): RouteTarget {
  for (const [member, code, noun] of absent) if (input[member]) find(new Map(), input[member], code, noun);
  if (input.GatewayId !== undefined) return internetGateway(network, table, input.GatewayId);
  if (input.NatGatewayId !== undefined) return natGateway(network, input.NatGatewayId);
  if (input.NetworkInterfaceId !== undefined) {
    const id = input.NetworkInterfaceId;
    find(network.interfaces, id, 'InvalidNetworkInterfaceID', 'networkInterface ID');
    return { kind: 'interface', id };
  }
  throw new AwsError('MissingParameter', 'The request must contain exactly one target of the route');
}

function internetGateway(network: Network, table: RouteTable, id: string): RouteTarget {
  const gateway = find(network.internetGateways, id, 'InvalidInternetGatewayID', 'internetGateway ID');
  if (gateway.vpcId !== table.vpcId) {
    throw new AwsError(
      'InvalidParameterValue',
      `route table ${table.id} and network gateway ${id} belong to different networks`,
    );
  }
  return { kind: 'gateway', id };
}

function natGateway(network: Network, id: string): RouteTarget {
  const gateway = network.natGateways.get(id);
  if (!gateway || isGone(gateway)) {
    throw new AwsError('InvalidNatGatewayID.NotFound', `The natGateway ID '${id}' does not exist`);
  }
  return { kind: 'nat-gateway', id };
}

function isLocal({ target }: Route): boolean {
  return target.kind === 'gateway' && target.id === 'local';
}

/** A route whose target is gone stays, as a black hole. */
export function describeRoute(network: Network, route: Route): RouteDescription {
  const { destination, target } = route;
  return {
    ...(destination.startsWith('pl-')
      ? { DestinationPrefixListId: destination }
      : destination.includes(':')
        ? { DestinationIpv6CidrBlock: destination }
        : { DestinationCidrBlock: destination }),
    ...(target.kind === 'gateway' && { GatewayId: target.id }),
    ...(target.kind === 'nat-gateway' && { NatGatewayId: target.id }),
    ...(target.kind === 'interface' && { NetworkInterfaceId: target.id }),
    Origin: isLocal(route) ? 'CreateRouteTable' : 'CreateRoute',
    State: isLocal(route) || leadsSomewhere(network, target) ? 'active' : 'blackhole',
  };
}

function leadsSomewhere(network: Network, { kind, id }: RouteTarget): boolean {
  if (kind === 'interface') return network.interfaces.has(id);
  if (kind === 'gateway') return network.internetGateways.get(id)?.vpcId !== undefined;
  const gateway = network.natGateways.get(id);
  return gateway !== undefined && !isGone(gateway);
}
