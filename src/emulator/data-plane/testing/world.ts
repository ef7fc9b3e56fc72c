import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { seeded } from '../../core/random.ts';
import { Apis } from '../../world/apis/apis.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer, LoadBalancerNode, NodePhase } from '../../world/load-balancing/load-balancer.ts';
import { LoadBalancing } from '../../world/load-balancing/load-balancing.ts';
import { type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import { Names } from '../../world/names/names.ts';
import { Hosts } from '../../world/network/hosts.ts';
import { Network } from '../../world/network/network.ts';
import type { NetworkInterface } from '../../world/network/network-interface.ts';

/** A cell with the parts that the data plane looks at, and nothing in them. */
export function emptyCell(clock: Clock): Cell {
  const random = seeded(7);
  const parts: Partial<Cell> = {
    account: '000000000000',
    region: 'us-east-1',
    cells: () => [cell],
    clock,
    random,
    network: new Network(random),
    hosts: new Hosts(),
    names: new Names(),
    loadBalancing: new LoadBalancing(),
    apis: new Apis(random, clock),
  };
  const cell = parts as Cell;
  return cell;
}

let count = 0;

export function addBalancer(
  cell: Cell,
  type: LoadBalancer['type'],
  addresses: string[],
  given: Partial<LoadBalancer> = {},
): LoadBalancer {
  const id = (count++).toString(16).padStart(16, '0');
  const kind = type === 'network' ? 'net' : 'app';
  const balancer: LoadBalancer = {
    arn: `arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/${kind}/${kind}/${id}`,
    name: kind,
    type,
    scheme: 'internal',
    ipAddressType: 'ipv4',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-1'],
    securityGroupIds: [],
    enforcesOnPrivateLink: true,
    dnsName: `internal-${kind}-${id}.elb.us-east-1.amazonaws.com`,
    hostedZoneId: 'Z26RNL4JYFTOTI',
    state: 'active',
    createdAt: 0,
    attributes: new Map(),
    tags: new Map(),
    nodes: [],
    ...given,
  };
  cell.loadBalancing.loadBalancers.set(balancer.arn, balancer);
  for (const address of addresses) addNode(cell, balancer, address);
  cell.loadBalancing.changes.announce();
  return balancer;
}

export function addNode(
  cell: Cell,
  balancer: LoadBalancer,
  address: string,
  phase: NodePhase = 'serving',
  availabilityZone = 'us-east-1a',
): LoadBalancerNode {
  const held: NetworkInterface = {
    id: cell.network.newId('eni-'),
    description: '',
    interfaceType: 'interface',
    requesterId: 'amazon-elb',
    requesterManaged: true,
    ownerId: cell.account,
    vpcId: balancer.vpcId,
    subnetId: 'subnet-1',
    availabilityZone,
    status: 'in-use',
    privateIpAddresses: [address],
    ipv6Addresses: [],
    securityGroupIds: balancer.securityGroupIds,
    macAddress: cell.network.newMacAddress(),
    sourceDestCheck: false,
    attachment: undefined,
    tags: new Map(),
  };
  cell.network.interfaces.set(held.id, held);
  const node = { interface: held, phase, silenced: 0 };
  balancer.nodes.push(node);
  return node;
}

/** Moves a node to a phase, and tells. */
export function moveNode(cell: Cell, node: LoadBalancerNode, phase: NodePhase): void {
  node.phase = phase;
  cell.loadBalancing.changes.announce();
}

export function addListener(
  cell: Cell,
  balancer: LoadBalancer,
  defaultAction: Action,
  given: Partial<Listener> = {},
): Listener {
  const listener: Listener = {
    arn: `${balancer.arn.replace(':loadbalancer/', ':listener/')}/${(count++).toString(16).padStart(16, '0')}`,
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: balancer.type === 'network' ? 'TCP' : 'HTTP',
    defaultActions: [defaultAction],
    certificateArns: [],
    sslPolicy: undefined,
    alpnPolicy: undefined,
    rules: [],
    attributes: new Map(),
    tags: new Map(),
    ...given,
  };
  cell.loadBalancing.listeners.set(listener.arn, listener);
  cell.loadBalancing.changes.announce();
  return listener;
}

export function addTargetGroup(
  cell: Cell,
  addresses: string[],
  given: Partial<TargetGroup> = {},
): TargetGroup {
  const id = (count++).toString(16).padStart(16, '0');
  const group: TargetGroup = {
    arn: `arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/group/${id}`,
    name: 'group',
    protocol: 'TCP',
    port: 80,
    vpcId: 'vpc-1',
    targetType: 'ip',
    ipAddressType: 'ipv4',
    protocolVersion: undefined,
    healthCheck: {
      enabled: true,
      protocol: 'TCP',
      port: 'traffic-port',
      path: '/',
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThreshold: 5,
      unhealthyThreshold: 2,
      matcher: '200',
    },
    attributes: new Map(),
    tags: new Map(),
    registrations: new Map(),
    ...given,
  };
  for (const address of addresses) registerTarget(group, address);
  cell.loadBalancing.targetGroups.set(group.arn, group);
  return group;
}

export function registerTarget(group: TargetGroup, id: string): void {
  group.registrations.set(targetKey(id, group.port), {
    id,
    port: group.port,
    availabilityZone: undefined,
    state: 'healthy',
    reason: undefined,
    description: undefined,
  });
}

export function forwardTo(group: TargetGroup): Action {
  return { Type: 'forward', TargetGroupArn: group.arn };
}

/** A security group that lets TCP from these blocks or groups in on every port. */
export function addSecurityGroup(cell: Cell, ...peers: string[]): string {
  const id = cell.network.newId('sg-');
  const rules = peers.map((peer, index) => ({
    id: `sgr-${index}`,
    isEgress: false,
    protocol: 'tcp',
    fromPort: 0,
    toPort: 65535,
    peer: peer.startsWith('sg-')
      ? { kind: 'group' as const, groupId: peer }
      : { kind: 'ipv4' as const, cidr: peer },
    description: undefined,
    tags: new Map<string, string>(),
  }));
  cell.network.securityGroups.set(id, {
    id,
    name: id,
    description: '',
    vpcId: 'vpc-1',
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    tags: new Map(),
  });
  return id;
}

/** A server of this machine, as a host of the world. */
export async function addHost(
  cell: Cell,
  address: string,
  server: Server = createServer(),
  port = 80,
): Promise<Server> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cell.hosts.add({
    address,
    port,
    forwardTo: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
  });
  return server;
}
