import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';
import { existingAlb } from '../testing/existing-alb.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';

const nlb = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const withoutGroups = { SecurityGroups: Match.absent(), Type: 'network' };

/** What the function keeps, as far as the template says it. */
function bindingsOf(template: Template): string[] {
  return Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) =>
    JSON.stringify(Properties.Value),
  );
}

describe('by prefix list', () => {
  const { bridge, stack } = bridgeStack({ ingress: 'prefix-list', prefixListMaxEntries: 6 });
  const template = Template.fromStack(stack);

  test('refers to a list of the NLB’s addresses, which one function keeps with the targets', () => {
    template.hasResourceProperties('AWS::EC2::PrefixList', { AddressFamily: 'IPv4', MaxEntries: 6 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 80,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('AlbSecurityGroup'), 'GroupId'] },
      SourcePrefixListId: { 'Fn::GetAtt': [Match.stringLikeRegexp('NlbList'), 'PrefixListId'] },
      ToPort: 80,
    });
    expect(bindingsOf(template).filter((binding) => binding.includes('prefix-list'))).toHaveLength(1);
    expect(bridge.ingressSync.syncFunction).toBe(bridge.sync.syncFunction);
  });

  test('reads no addresses while the stack is deployed, and gives the NLB no security group', () => {
    template.resourceCountIs('Custom::PrivateIps', 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    template.hasResourceProperties(nlb, withoutGroups);
  });

  test('leads the API there once the list is kept, and referred to', () => {
    template.hasResource('Custom::HealthyTargets', {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('NlbIngressParameter'),
        Match.stringLikeRegexp('NlbListIngress'),
      ]),
    });
  });

  test('has room for ten addresses unless told otherwise', () => {
    Template.fromStack(bridgeStack({ ingress: 'prefix-list' }).stack).hasResourceProperties(
      'AWS::EC2::PrefixList',
      { MaxEntries: 10 },
    );
  });
});

test('keeps the addresses in the security group of an existing ALB, where it is asked to', () => {
  const { stack } = bridgeStack((scope) => ({ ...existingAlb(scope), ingress: 'addresses' }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties(nlb, withoutGroups);
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
              Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('group/sg-0a1b')])] },
            }),
          ]),
        },
      },
    ],
  });
});

describe('of an ALB elsewhere', () => {
  const roleArn = 'arn:aws:iam::222222222222:role/albridge-access';
  const elsewhere = (scope: Stack): Partial<ApiGatewayAlbBridgeProps> => {
    const { applicationListener: _none, ...there } = existingAlb(scope);
    const role = iam.Role.fromRoleArn(scope, 'Access', roleArn);
    return { ...there, applicationLoadBalancerReach: { externalId: 'orders', role }, roleName: 'albridge' };
  };
  const { bridge, stack } = bridgeStack(elsewhere);
  const template = Template.fromStack(stack);

  test('is followed, and admits the NLB, by a role that is there', () => {
    const bindings = bindingsOf(template);
    const [list] = bindings.filter((binding) => binding.includes('security-group'));
    const [targets] = bindings.filter((binding) => binding.includes('target-group'));
    for (const part of [roleArn, 'orders', 'us-east-1', 'sg-0a1b']) expect(list).toContain(part);
    for (const part of [roleArn, 'orders', 'loadbalancer/app/orders']) expect(targets).toContain(part);
  });

  test('is nothing that the function’s own role may read or write', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([Match.objectLike({ Action: 'sts:AssumeRole', Resource: roleArn })]),
          },
        },
      ],
      RoleName: 'albridge',
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain('SecurityGroup');
  });

  test('has the API wait for targets, and no listener that is known', () => {
    template.resourceCountIs('Custom::HealthyTargets', 1);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(() => bridge.applicationListener).toThrow('its ALB is one elsewhere');
  });

  test('is let out to by the group of an NLB that has one', () => {
    const { stack: other } = bridgeStack((scope) => ({
      ...elsewhere(scope),
      networkLoadBalancer: elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(scope, 'Nlb', {
        loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/edge/1',
        loadBalancerDnsName: 'edge.internal',
        loadBalancerSecurityGroups: ['sg-nlb'],
      }),
    }));
    Template.fromStack(other).hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      CidrIp: '0.0.0.0/0',
      FromPort: 80,
      GroupId: 'sg-nlb',
    });
  });
});
