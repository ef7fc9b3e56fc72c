import { AwsError } from '../../core/aws-error.ts';
import type { Network } from '../../world/network/network.ts';
import type { PrefixList } from '../../world/network/prefix-list.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../world/network/security-group.ts';

/** Rules for each direction and address family that a group may hold. */
const ruleLimit = 60;

type Weighed = Pick<SecurityGroupRule, 'isEgress' | 'peer'>;
type PrefixLists = ReadonlyMap<string, PrefixList>;

/**
 * A prefix list costs as many rules as it may have entries; a group counts for both families.
 *
 * @throws AwsError `RulesPerSecurityGroupLimitExceeded`
 */
export function refuseOverweight(rules: readonly Weighed[], prefixLists: PrefixLists): void {
  for (const isEgress of [false, true]) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const weights = rules
        .filter((rule) => rule.isEgress === isEgress)
        .map((rule) => weight(rule, family, prefixLists));
      if (weights.reduce((total, one) => total + one, 0) <= ruleLimit) continue;
      throw new AwsError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
  }
}

function weight({ peer }: Weighed, family: 'ipv4' | 'ipv6', prefixLists: PrefixLists): number {
  if (peer.kind === 'group') return 1;
  if (peer.kind !== 'prefix-list') return peer.kind === family ? 1 : 0;
  const list = prefixLists.get(peer.prefixListId);
  return list?.addressFamily.toLowerCase() === family ? list.maxEntries : 0;
}

/** The security groups with a rule for the prefix list. */
export function groupsReferring({ securityGroups }: Network, prefixListId: string): SecurityGroup[] {
  return [...securityGroups.values()].filter(({ rules }) =>
    [...rules.values()].some(({ peer }) => peer.kind === 'prefix-list' && peer.prefixListId === prefixListId),
  );
}
