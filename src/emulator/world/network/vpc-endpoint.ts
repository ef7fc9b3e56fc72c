import type { Clock } from '../../clock/clock.ts';
import type { Network } from './network.ts';
import { createInterface, deleteInterface, type NetworkInterface } from './network-interface.ts';

export type EndpointState = 'pendingAcceptance' | 'pending' | 'available' | 'rejected' | 'deleting';

/** A way from a VPC to a service: by an interface in each of its subnets, or by routes alone. */
export interface VpcEndpoint {
  id: string;
  type: 'Interface' | 'Gateway';
  vpcId: string;
  serviceName: string;
  state: EndpointState;
  subnetIds: string[];
  securityGroupIds: string[];
  routeTableIds: string[];
  interfaceIds: string[];
  privateDnsEnabled: boolean;
  policyDocument: string;
  /** What its DNS names begin with. */
  dnsLabel: string;
  createdAt: number;
  tags: Map<string, string>;
}

export interface EndpointWorld {
  account: string;
  clock: Clock;
  network: Network;
}

/** From creation, or from acceptance where that is asked for, to `available`, in milliseconds. */
const provisioning = 60_000;

/** A new endpoint's interfaces are there at once; it is available a while later. */
export function createEndpoint(world: EndpointWorld, endpoint: VpcEndpoint): void {
  world.network.vpcEndpoints.set(endpoint.id, endpoint);
  followSubnets(world, endpoint);
  if (endpoint.state === 'pending') provisionEndpoint(world, endpoint);
}

/** Makes an endpoint ready; one that was rejected or deleted meanwhile stays as it is. */
export function provisionEndpoint({ clock, network }: EndpointWorld, endpoint: VpcEndpoint): void {
  endpoint.state = 'pending';
  clock.after(provisioning, () => {
    if (endpoint.state === 'pending') endpoint.state = 'available';
    network.endpointChanges.announce();
  });
}

/** The service's owner lets nobody of the endpoint in, from now on. */
export function rejectEndpoint({ network }: EndpointWorld, endpoint: VpcEndpoint): void {
  endpoint.state = 'rejected';
  network.endpointChanges.announce();
}

/** One interface in each subnet that the endpoint has, and none in those that it has left. */
export function followSubnets({ account, network }: EndpointWorld, endpoint: VpcEndpoint): void {
  if (endpoint.type === 'Gateway') return;
  for (const held of interfacesOf(network, endpoint)) {
    if (!endpoint.subnetIds.includes(held.subnetId)) deleteInterface(network, held.id);
  }
  const covered = new Set(interfacesOf(network, endpoint).map(({ subnetId }) => subnetId));
  for (const subnetId of endpoint.subnetIds) {
    const subnet = network.subnets.get(subnetId);
    if (!subnet || covered.has(subnetId)) continue;
    const made = createInterface(network, {
      account,
      subnet,
      description: `VPC Endpoint Interface ${endpoint.id}`,
      securityGroupIds: endpoint.securityGroupIds,
      requester: { id: account, interfaceType: 'vpc_endpoint' },
    });
    endpoint.interfaceIds.push(made.id);
  }
  endpoint.interfaceIds = interfacesOf(network, endpoint).map(({ id }) => id);
  network.endpointChanges.announce();
}

/** Puts the endpoint's interfaces into its security groups. */
export function followSecurityGroups({ network }: EndpointWorld, endpoint: VpcEndpoint): void {
  for (const held of interfacesOf(network, endpoint)) held.securityGroupIds = endpoint.securityGroupIds;
}

export function deleteEndpoint({ network }: EndpointWorld, endpoint: VpcEndpoint): void {
  for (const { id } of interfacesOf(network, endpoint)) deleteInterface(network, id);
  endpoint.state = 'deleting';
  network.vpcEndpoints.delete(endpoint.id);
  network.endpointChanges.announce();
}

export function interfacesOf(network: Network, { interfaceIds }: VpcEndpoint): NetworkInterface[] {
  return interfaceIds.flatMap((id) => network.interfaces.get(id) ?? []);
}
