import type {
  EC2,
  IpPermission,
  SecurityGroupRule as RuleDescription,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Call, Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import {
  peerName,
  ruleKey,
  type SecurityGroup,
  type SecurityGroupRule,
} from '../../world/network/security-group.ts';
import { applyFilters } from './filters.ts';
import { readPermissions, type WantedRule } from './ip-permissions.ts';
import { find } from './lookup.ts';
import { page } from './pages.ts';
import { refuseOverweight } from './rule-weights.ts';
import { specifiedTags } from './tags.ts';

type AuthorizeInput = Parameters<NonNullable<Operations<EC2>['AuthorizeSecurityGroupIngress']>>[0];
type RevokeInput = Parameters<NonNullable<Operations<EC2>['RevokeSecurityGroupIngress']>>[0];

interface ListedRule {
  id: string;
  tags: Map<string, string>;
  group: SecurityGroup;
  rule: SecurityGroupRule;
}

export const securityGroupRules: Operations<EC2> = {
  AuthorizeSecurityGroupIngress: (input, call) => authorize(input, call, false),
  AuthorizeSecurityGroupEgress: (input, call) => authorize(input, call, true),
  RevokeSecurityGroupIngress: (input, call) => revoke(input, call, false),
  RevokeSecurityGroupEgress: (input, call) => revoke(input, call, true),
  DescribeSecurityGroupRules(input, { cell }) {
    const all = [...cell.network.securityGroups.values()].flatMap((group) =>
      [...group.rules.values()].map((rule): ListedRule => ({ id: rule.id, tags: rule.tags, group, rule })),
    );
    for (const id of input.SecurityGroupRuleIds ?? []) {
      if (!all.some((listed) => listed.id === id)) {
        throw new AwsError(
          'InvalidSecurityGroupRuleId.NotFound',
          `The security group rule ID '${id}' does not exist`,
        );
      }
    }
    const asked = all.filter(({ id }) => input.SecurityGroupRuleIds?.includes(id) ?? true);
    const matching = applyFilters(asked, input.Filters, {
      'group-id': ({ group }) => [group.id],
      'security-group-rule-id': ({ id }) => [id],
    });
    const { items, nextToken } = page(matching, input);
    return { SecurityGroupRules: items.map((listed) => describe(cell, listed)), NextToken: nextToken };
  },
  ModifySecurityGroupRules({ GroupId, SecurityGroupRules = [] }, { cell }) {
    const group = find(cell.network.securityGroups, GroupId, 'InvalidGroup', 'security group');
    const changed = new Map(group.rules);
    for (const { SecurityGroupRuleId: id, SecurityGroupRule: wanted = {} } of SecurityGroupRules) {
      const current = find(group.rules, id, 'InvalidSecurityGroupRuleId', 'security group rule ID');
      const [rule] = readPermissions([permissionOf(wanted)], {}, current.isEgress);
      if (rule) changed.set(current.id, { ...current, ...rule });
    }
    const rules = [...changed.values()];
    refuseDuplicates([], rules);
    refuseMissingPeers(cell, rules);
    refuseOverweight(rules, cell.network.prefixLists);
    group.rules = changed;
    cell.network.changes.announce();
    return { Return: true };
  },
};

/** All or nothing: one duplicate, or one rule too many, and none is made. */
function authorize(
  input: AuthorizeInput,
  { cell }: Call,
  isEgress: boolean,
): { Return: true; SecurityGroupRules: RuleDescription[] } {
  const group = find(cell.network.securityGroups, input.GroupId, 'InvalidGroup', 'security group');
  const wanted = readPermissions(input.IpPermissions, input, isEgress);
  refuseDuplicates(group.rules.values(), wanted);
  refuseMissingPeers(cell, wanted);
  refuseOverweight([...group.rules.values(), ...wanted], cell.network.prefixLists);
  const made = wanted.map((rule) => {
    const id = cell.network.newId('sgr');
    const whole = { ...rule, id, tags: specifiedTags(input.TagSpecifications) };
    group.rules.set(id, whole);
    return describe(cell, { id, tags: whole.tags, group, rule: whole });
  });
  cell.network.changes.announce();
  return { Return: true, SecurityGroupRules: made };
}

function refuseMissingPeers({ network }: Cell, wanted: readonly WantedRule[]): void {
  for (const { peer } of wanted) {
    if (peer.kind === 'group') find(network.securityGroups, peer.groupId, 'InvalidGroup', 'security group');
    if (peer.kind === 'prefix-list')
      find(network.prefixLists, peer.prefixListId, 'InvalidPrefixListID', 'prefix list ID');
  }
}

/** A rule in the form of a modification, as a permission with one peer. */
function permissionOf(rule: SecurityGroupRuleRequest): IpPermission {
  const { IpProtocol, FromPort, ToPort, Description } = rule;
  return {
    IpProtocol,
    FromPort,
    ToPort,
    IpRanges: rule.CidrIpv4 ? [{ CidrIp: rule.CidrIpv4, Description }] : [],
    Ipv6Ranges: rule.CidrIpv6 ? [{ CidrIpv6: rule.CidrIpv6, Description }] : [],
    UserIdGroupPairs: rule.ReferencedGroupId ? [{ GroupId: rule.ReferencedGroupId, Description }] : [],
    PrefixListIds: rule.PrefixListId ? [{ PrefixListId: rule.PrefixListId, Description }] : [],
  };
}

function refuseDuplicates(held: Iterable<SecurityGroupRule>, wanted: readonly WantedRule[]): void {
  const known = new Set([...held].map(ruleKey));
  for (const rule of wanted) {
    const key = ruleKey(rule);
    if (known.has(key)) {
      throw new AwsError(
        'InvalidPermission.Duplicate',
        `the specified rule "peer: ${peerName(rule.peer)}, ${rule.protocol}, from port: ${rule.fromPort}, to port: ${rule.toPort}, ALLOW" already exists`,
      );
    }
    known.add(key);
  }
}

function revoke(input: RevokeInput, { cell }: Call, isEgress: boolean): { Return: true } {
  const group = find(cell.network.securityGroups, input.GroupId, 'InvalidGroup', 'security group');
  for (const id of idsToRevoke(group, input, isEgress)) group.rules.delete(id);
  cell.network.changes.announce();
  return { Return: true };
}

function idsToRevoke(group: SecurityGroup, input: RevokeInput, isEgress: boolean): string[] {
  if (input.SecurityGroupRuleIds?.length) {
    return input.SecurityGroupRuleIds.map(
      (id) => find(group.rules, id, 'InvalidSecurityGroupRuleId', 'security group rule ID').id,
    );
  }
  return readPermissions(input.IpPermissions, input, isEgress).map((wanted) => {
    const found = [...group.rules.values()].find((rule) => ruleKey(rule) === ruleKey(wanted));
    if (!found) {
      throw new AwsError(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.',
      );
    }
    return found.id;
  });
}

function describe(cell: Cell, { group, rule }: ListedRule): RuleDescription {
  const { peer } = rule;
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: `arn:aws:ec2:${cell.region}:${cell.account}:security-group-rule/${rule.id}`,
    GroupId: group.id,
    GroupOwnerId: cell.account,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    CidrIpv4: peer.kind === 'ipv4' ? peer.cidr : undefined,
    CidrIpv6: peer.kind === 'ipv6' ? peer.cidr : undefined,
    PrefixListId: peer.kind === 'prefix-list' ? peer.prefixListId : undefined,
    ReferencedGroupInfo: peer.kind === 'group' ? { GroupId: peer.groupId, UserId: cell.account } : undefined,
    Description: rule.description,
    Tags: writeTags(rule.tags),
  };
}
