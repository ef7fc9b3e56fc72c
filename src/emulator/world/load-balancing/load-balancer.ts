import type { NetworkInterface } from '../network/network-interface.ts';

/**
 * A node's life. It starts with its interface, serves, enters DNS as it begins to serve, leaves DNS on scale-in and
 * serves on for a while, and disappears together with its interface. A dead node serves nobody, and nobody is told.
 */
export type NodePhase = 'starting' | 'serving' | 'leaving' | 'dead';

/** One machine of a load balancer: the address that clients connect to. */
export interface LoadBalancerNode {
  interface: NetworkInterface;
  phase: NodePhase;
  /** How many faults keep it from answering, whatever its phase. */
  silenced: number;
}

export interface LoadBalancer {
  arn: string;
  name: string;
  type: 'application' | 'network';
  scheme: 'internal' | 'internet-facing';
  ipAddressType: 'ipv4' | 'dualstack';
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  /** Whether an NLB's security groups are asked about what comes through PrivateLink; VPC links do. */
  enforcesOnPrivateLink: boolean;
  dnsName: string;
  hostedZoneId: string;
  state: 'provisioning' | 'active';
  createdAt: number;
  attributes: Map<string, string>;
  tags: Map<string, string>;
  nodes: LoadBalancerNode[];
}

/** Whether connections to the node are accepted. */
export function accepts({ phase, silenced }: LoadBalancerNode): boolean {
  return silenced === 0 && (phase === 'serving' || phase === 'leaving');
}

/** Whether clients are sent to the node: it is in DNS. */
export function isInService({ phase, silenced }: LoadBalancerNode): boolean {
  return silenced === 0 && phase === 'serving';
}

/** The nodes that a load balancer is meant to have: neither leaving nor dead. */
export function stayingNodes({ nodes }: LoadBalancer): LoadBalancerNode[] {
  return nodes.filter(({ phase }) => phase === 'starting' || phase === 'serving');
}

/** What EC2 writes in the description of the load balancer's interfaces: `ELB app/<name>/<id>`. */
export function interfaceDescription(loadBalancerArn: string): string {
  return `ELB ${loadBalancerArn.slice(loadBalancerArn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)}`;
}
