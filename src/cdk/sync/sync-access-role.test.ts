import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeEach, expect, test } from 'vitest';
import { SyncAccessRole } from './sync-access-role.ts';

const syncRoleArn = 'arn:aws:iam::111111111111:role/albridge-sync';
let stack: Stack;
let syncRole: iam.IRole;
beforeEach(() => {
  stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'There');
  syncRole = iam.Role.fromRoleArn(stack, 'Sync', syncRoleArn);
});

const securityGroups = () => [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];

test('trusts one role of the other account, which need not be there yet', () => {
  new SyncAccessRole(stack, 'Access', { externalId: 'orders', sources: ['load-balancer'], syncRole });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': syncRoleArn },
            StringEquals: { 'sts:ExternalId': 'orders' },
          },
          Effect: 'Allow',
          Principal: {
            AWS: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([':iam::111111111111:root'])] }),
          },
        },
      ],
    },
  });
});

test('allows what the sources and the lists take, and no more', () => {
  const prefixLists = [ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-1')];
  const sources = ['load-balancer', 'vpc-endpoint'] as const;
  new SyncAccessRole(stack, 'Access', {
    prefixLists,
    securityGroups: securityGroups(),
    sources: [...sources],
    syncRole,
  });
  const on = (resource: string) => ({
    'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(resource)])],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: [
            {
              Action: [
                'ec2:DescribeManagedPrefixLists',
                'ec2:DescribeNetworkInterfaces',
                'ec2:DescribeSecurityGroupRules',
                'ec2:DescribeVpcEndpoints',
                'ec2:DescribeVpcs',
                'elasticloadbalancing:DescribeLoadBalancers',
              ],
              Effect: 'Allow',
              Resource: '*',
            },
            {
              Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
              Effect: 'Allow',
              Resource: on('security-group/sg-1'),
            },
            {
              Action: ['ec2:GetManagedPrefixListEntries', 'ec2:ModifyManagedPrefixList'],
              Effect: 'Allow',
              Resource: on('prefix-list/pl-1'),
            },
          ],
        },
      },
    ],
  });
});

test('gives the permissions to a role that is there, whose trust stays as it is', () => {
  const role = iam.Role.fromRoleArn(stack, 'Named', `arn:aws:iam::${stack.account}:role/named`);
  const access = new SyncAccessRole(stack, 'Access', { role, securityGroups: securityGroups(), syncRole });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::IAM::Policy', { Roles: ['named'] });
  expect(access.roleArn).toBe(role.roleArn);
});

test.each([
  { name: 'to reach nothing', props: {}, error: "'There/Access' must reach something, got nothing" },
  {
    name: 'to name a role that has a name',
    props: { roleName: 'other', sources: ['load-balancer' as const], withRole: true },
    error: 'externalId and roleName are those of a new role, got role as well',
  },
])('refuses $name', ({ props: { withRole, ...props }, error }) => {
  const role = withRole ? syncRole : undefined;
  expect(() => new SyncAccessRole(stack, 'Access', { ...props, role, syncRole })).toThrow(error);
});
