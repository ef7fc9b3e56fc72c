import type { EC2 } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Call, Operations } from '../../core/service.ts';
import { ruleKey, type SecurityGroup } from '../../world/network/security-group.ts';
import { readPermissions } from './ip-permissions.ts';
import { find } from './lookup.ts';

type Input = Parameters<NonNullable<Operations<EC2>['UpdateSecurityGroupRuleDescriptionsIngress']>>[0];

export const ruleDescriptions: Operations<EC2> = {
  UpdateSecurityGroupRuleDescriptionsIngress: (input, call) => update(input, call, false),
  UpdateSecurityGroupRuleDescriptionsEgress: (input, call) => update(input, call, true),
};

function update(input: Input, { cell }: Call, isEgress: boolean): { Return: true } {
  const group = find(cell.network.securityGroups, input.GroupId, 'InvalidGroup', 'security group');
  const byId = (input.SecurityGroupRuleDescriptions ?? []).map(
    ({ SecurityGroupRuleId: id, Description: description }) => ({
      rule: find(group.rules, id, 'InvalidSecurityGroupRuleId', 'security group rule ID'),
      description,
    }),
  );
  for (const { rule, description } of byId.length > 0 ? byId : byPermission(group, input, isEgress)) {
    rule.description = description;
  }
  return { Return: true };
}

function byPermission(group: SecurityGroup, input: Input, isEgress: boolean) {
  return readPermissions(input.IpPermissions ?? [], {}, isEgress).map((wanted) => {
    const rule = [...group.rules.values()].find((held) => ruleKey(held) === ruleKey(wanted));
    if (rule) return { rule, description: wanted.description };
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  });
}
