import { includes } from './cidr.ts';

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  vpcId: string;
  rules: Map<string, SecurityGroupRule>;
  tags: Map<string, string>;
}

/** One rule: one direction, protocol and range of ports, from or to exactly one peer. */
export interface SecurityGroupRule {
  id: string;
  isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  protocol: string;
  /** -1 where the protocol is `-1`. */
  fromPort: number;
  toPort: number;
  peer: Peer;
  description: string | undefined;
  tags: Map<string, string>;
}

export type Peer =
  | { kind: 'ipv4'; cidr: string }
  | { kind: 'ipv6'; cidr: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'prefix-list'; prefixListId: string };

/** What makes two rules one: all but the description. */
export function ruleKey(
  rule: Pick<SecurityGroupRule, 'isEgress' | 'protocol' | 'fromPort' | 'toPort' | 'peer'>,
): string {
  const direction = rule.isEgress ? 'egress' : 'ingress';
  return `${direction} ${rule.protocol} ${rule.fromPort}-${rule.toPort} ${peerName(rule.peer)}`;
}

export function peerName(peer: Peer): string {
  if (peer.kind === 'group') return peer.groupId;
  return peer.kind === 'prefix-list' ? peer.prefixListId : peer.cidr;
}

/** A TCP connection to `port`, from `address` with the groups that its interface is in. */
export interface Connection {
  address: string;
  groups: readonly string[];
  port: number;
  /** What a prefix list holds. */
  cidrsOf(prefixListId: string): readonly string[];
}

/** Whether an ingress rule lets the connection in. */
export function permits(rule: SecurityGroupRule, { address, groups, port, cidrsOf }: Connection): boolean {
  if (rule.isEgress || !['tcp', '6', '-1'].includes(rule.protocol)) return false;
  if (rule.protocol !== '-1' && (port < rule.fromPort || port > rule.toPort)) return false;
  if (rule.peer.kind === 'group') return groups.includes(rule.peer.groupId);
  const cidrs = rule.peer.kind === 'prefix-list' ? cidrsOf(rule.peer.prefixListId) : [rule.peer.cidr];
  return cidrs.some((cidr) => includes(cidr, address));
}
