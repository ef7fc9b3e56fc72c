import type { EC2, SecurityGroup as GroupDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { createSecurityGroup } from '../../world/network/create-vpc.ts';
import type { SecurityGroup } from '../../world/network/security-group.ts';
import { applyFilters } from './filters.ts';
import { writePermissions } from './ip-permissions.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

export const securityGroups: Operations<EC2> = {
  CreateSecurityGroup(input, { cell }) {
    const vpcId = input.VpcId ?? [...cell.network.vpcs.values()].find(({ isDefault }) => isDefault)?.id;
    const vpc = find(cell.network.vpcs, vpcId, 'InvalidVpcID', 'vpc ID');
    const { GroupName: name = '', Description: description = '' } = input;
    if (
      [...cell.network.securityGroups.values()].some((other) => other.vpcId === vpc.id && other.name === name)
    ) {
      throw new AwsError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    }
    if (name.startsWith('sg-')) {
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid value '${name}' for groupName. It may not begin with 'sg-'.`,
      );
    }
    const group = createSecurityGroup(cell.network, { name, description, vpcId: vpc.id });
    group.tags = specifiedTags(input.TagSpecifications);
    return { GroupId: group.id, SecurityGroupArn: arnOf(cell, group), Tags: writeTags(group.tags) };
  },
  DescribeSecurityGroups(input, { cell }) {
    const asked = findAll(cell.network.securityGroups, input.GroupIds, 'InvalidGroup', 'security group');
    const named = asked.filter(({ name }) => input.GroupNames?.includes(name) ?? true);
    const matching = applyFilters(named, input.Filters, {
      'group-id': ({ id }) => [id],
      'group-name': ({ name }) => [name],
      'vpc-id': ({ vpcId }) => [vpcId],
      description: ({ description }) => [description],
      'owner-id': () => [cell.account],
      'ip-permission.cidr': ({ rules }) =>
        [...rules.values()].map(({ isEgress, peer }) =>
          !isEgress && peer.kind === 'ipv4' ? peer.cidr : undefined,
        ),
      'ip-permission.group-id': ({ rules }) =>
        [...rules.values()].map(({ isEgress, peer }) =>
          !isEgress && peer.kind === 'group' ? peer.groupId : undefined,
        ),
    });
    const { items, nextToken } = page(matching, input);
    return { SecurityGroups: items.map((group) => describe(cell, group)), NextToken: nextToken };
  },
  DeleteSecurityGroup({ GroupId }, { cell: { network } }) {
    const group = find(network.securityGroups, GroupId, 'InvalidGroup', 'security group');
    if (group.name === 'default') {
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    const held = [...network.interfaces.values()].some(({ securityGroupIds }) =>
      securityGroupIds.includes(group.id),
    );
    const referenced = [...network.securityGroups.values()].some(
      (other) =>
        other !== group &&
        [...other.rules.values()].some(({ peer }) => peer.kind === 'group' && peer.groupId === group.id),
    );
    if (held || referenced) {
      throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`);
    }
    network.securityGroups.delete(group.id);
    return { Return: true, GroupId: group.id };
  },
};

function arnOf(cell: Cell, group: SecurityGroup): string {
  return `arn:aws:ec2:${cell.region}:${cell.account}:security-group/${group.id}`;
}

function describe(cell: Cell, group: SecurityGroup): GroupDescription {
  const rules = [...group.rules.values()];
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: cell.account,
    SecurityGroupArn: arnOf(cell, group),
    IpPermissions: writePermissions(rules, false, cell.account),
    IpPermissionsEgress: writePermissions(rules, true, cell.account),
    Tags: writeTags(group.tags),
  };
}
