import type { Clock } from '../../clock/clock.ts';
import type { ElasticIp } from './elastic-ip.ts';
import type { Network } from './network.ts';
import { createInterface, deleteInterface } from './network-interface.ts';
import type { Subnet } from './vpc.ts';

export interface NatGateway {
  id: string;
  vpcId: string;
  subnetId: string;
  connectivity: 'public' | 'private';
  state: 'pending' | 'available' | 'deleting' | 'deleted';
  interfaceId: string;
  privateIp: string;
  allocation: { id: string; publicIp: string; associationId: string } | undefined;
  createdAt: number;
  deletedAt: number | undefined;
  tags: Map<string, string>;
}

/** From creation to `available`, and from deletion to `deleted`; AWS takes one to a few minutes over each. */
const changeTime = 60_000;
/** How long a deleted gateway is still described: "about an hour". */
const remembered = 3_600_000;

export interface NatGatewayWorld {
  account: string;
  clock: Clock;
  network: Network;
}

export interface NatGatewayOptions {
  subnet: Subnet;
  connectivity: 'public' | 'private';
  address: string | undefined;
  elasticIp: ElasticIp | undefined;
  tags: Map<string, string>;
}

/** Makes the gateway and its interface, which has the Elastic IP address at once. */
export function createNatGateway(world: NatGatewayWorld, options: NatGatewayOptions): NatGateway {
  const { account, clock, network } = world;
  const { subnet, elasticIp } = options;
  const id = network.newId('nat');
  const held = createInterface(network, {
    account,
    subnet,
    description: `Interface for NAT Gateway ${id}`,
    securityGroupIds: [],
    address: options.address,
    requester: { id: account, interfaceType: 'nat_gateway' },
  });
  const [privateIp = ''] = held.privateIpAddresses;
  if (elasticIp) elasticIp.association = { id: network.newId('eipassoc'), interfaceId: held.id, privateIp };
  const gateway: NatGateway = {
    id,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    connectivity: options.connectivity,
    state: 'pending',
    interfaceId: held.id,
    privateIp,
    allocation: elasticIp && {
      id: elasticIp.id,
      publicIp: elasticIp.publicIp,
      associationId: elasticIp.association?.id ?? '',
    },
    createdAt: clock.now(),
    deletedAt: undefined,
    tags: options.tags,
  };
  network.natGateways.set(id, gateway);
  clock.after(changeTime, () => {
    if (gateway.state === 'pending') gateway.state = 'available';
  });
  return gateway;
}

/** Deletes the gateway: its interface goes and its Elastic IP address is free when it is `deleted`. */
export function deleteNatGateway({ clock, network }: NatGatewayWorld, gateway: NatGateway): void {
  if (isGone(gateway)) return;
  gateway.state = 'deleting';
  gateway.deletedAt = clock.now();
  clock.after(changeTime, () => {
    gateway.state = 'deleted';
    const elasticIp = network.elasticIps.get(gateway.allocation?.id ?? '');
    if (elasticIp?.association?.interfaceId === gateway.interfaceId) elasticIp.association = undefined;
    deleteInterface(network, gateway.interfaceId);
    clock.after(remembered, () => network.natGateways.delete(gateway.id));
  });
}

export function isGone({ state }: NatGateway): boolean {
  return state === 'deleting' || state === 'deleted';
}
