import type { Clock } from '../../clock/clock.ts';
import type { Network } from './network.ts';
import { createInterface, deleteInterface, type NetworkInterface } from './network-interface.ts';

/** A way from a VPC to a service: by an interface in each of its subnets, or by routes alone. */
export interface VpcEndpoint {
  id: string;
  type: 'Interface' | 'Gateway';
  vpcId: string;
  serviceName: string;
  state: 'pending' | 'available' | 'deleting';
  subnetIds: string[];
  securityGroupIds: string[];
  routeTableIds: string[];
  interfaceIds: string[];
  privateDnsEnabled: boolean;
  policyDocument: string;
  createdAt: number;
  tags: Map<string, string>;
}

export interface EndpointWorld {
  account: string;
  clock: Clock;
  network: Network;
}

/** From creation to `available`, in milliseconds. */
const provisioning = 60_000;

/** A new endpoint's interfaces are there at once; it is available a while later. */
export function provisionEndpoint(world: EndpointWorld, endpoint: VpcEndpoint): void {
  world.network.vpcEndpoints.set(endpoint.id, endpoint);
  followSubnets(world, endpoint);
  world.clock.after(provisioning, () => {
    if (endpoint.state === 'pending') endpoint.state = 'available';
  });
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
}

export function deleteEndpoint({ network }: EndpointWorld, endpoint: VpcEndpoint): void {
  for (const { id } of interfacesOf(network, endpoint)) deleteInterface(network, id);
  endpoint.state = 'deleting';
  network.vpcEndpoints.delete(endpoint.id);
}

function interfacesOf(network: Network, { interfaceIds }: VpcEndpoint): NetworkInterface[] {
  return interfaceIds.flatMap((id) => network.interfaces.get(id) ?? []);
}
