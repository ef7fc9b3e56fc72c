import type { Network } from './network.ts';

/** Stateless rules of a VPC's subnets. They are kept and described; no packet is held against them here. */
export interface NetworkAcl {
  id: string;
  vpcId: string;
  isDefault: boolean;
  entries: NetworkAclEntry[];
  tags: Map<string, string>;
}

export interface NetworkAclEntry {
  isEgress: boolean;
  ruleNumber: number;
  /** A number, or `-1` for all. */
  protocol: string;
  action: 'allow' | 'deny';
  cidr: string;
  ports: { from: number; to: number } | undefined;
  icmp: { type: number; code: number } | undefined;
}

/** The rule that every ACL ends with: it has no number of its own, and can be neither changed nor deleted. */
export const lastRuleNumber = 32_767;

const firstRuleNumber = 100;

/** A default ACL lets everything through; any other denies it until it has entries. */
export function createNetworkAcl(
  network: Network,
  { vpcId, isDefault }: { vpcId: string; isDefault: boolean },
): NetworkAcl {
  const everything = { protocol: '-1', cidr: '0.0.0.0/0', ports: undefined, icmp: undefined };
  const entries = [true, false].flatMap((isEgress): NetworkAclEntry[] => [
    ...(isDefault
      ? [{ ...everything, isEgress, ruleNumber: firstRuleNumber, action: 'allow' as const }]
      : []),
    { ...everything, isEgress, ruleNumber: lastRuleNumber, action: 'deny' },
  ]);
  const acl: NetworkAcl = { id: network.newId('acl'), vpcId, isDefault, entries, tags: new Map() };
  network.networkAcls.set(acl.id, acl);
  return acl;
}

export function defaultNetworkAcl(network: Network, vpcId: string): NetworkAcl {
  const found = [...network.networkAcls.values()].find((acl) => acl.vpcId === vpcId && acl.isDefault);
  return found ?? createNetworkAcl(network, { vpcId, isDefault: true });
}
