import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';

const loadBalancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

function existingVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Existing', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    privateSubnetIds: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
    vpcId: 'vpc-0123456789abcdef1',
  });
}

test('uses the private subnets of an existing VPC', () => {
  const template = Template.fromStack(bridgeStack((stack) => ({ vpc: existingVpc(stack) })).stack);
  template.resourceCountIs('AWS::EC2::VPC', 0);
  template.allResourcesProperties(loadBalancer, {
    Subnets: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
  });
  template.allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    VpcId: 'vpc-0123456789abcdef1',
  });
  template.hasResourceProperties('Custom::PrivateIps', {
    subnetIds: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
  });
});

test('uses the subnets it is told', () => {
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const { stack } = bridgeStack((stack) => ({ vpc: existingVpc(stack), vpcSubnets }));
  const template = Template.fromStack(stack);
  template.allResourcesProperties(loadBalancer, {
    Subnets: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
  });
});

test('takes a VPC, a stage and patterns that are parameters', () => {
  const { stack } = bridgeStack((stack) => ({
    pathPatterns: new CfnParameter(stack, 'Paths', { type: 'CommaDelimitedList' }).valueAsList,
    stageName: new CfnParameter(stack, 'StageName').valueAsString,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Existing', {
      availabilityZones: Fn.getAzs(),
      isolatedSubnetIds: new CfnParameter(stack, 'SubnetIds', { type: 'CommaDelimitedList' }).valueAsList,
      vpcId: new CfnParameter(stack, 'VpcId').valueAsString,
    }),
  }));
  const template = Template.fromStack(stack);
  template.allResourcesProperties(loadBalancer, { Subnets: { Ref: 'SubnetIds' } });
  template.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: { Ref: 'StageName' } });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
    Conditions: [Match.objectLike({ PathPatternConfig: { Values: { Ref: 'Paths' } } })],
  });
});

test('refuses subnets in one zone', () => {
  const oneZone = (stack: Stack): { vpc: ec2.IVpc } => ({
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Existing', {
      availabilityZones: ['us-east-1a'],
      isolatedSubnetIds: ['subnet-0123456789abcdef1'],
      vpcId: 'vpc-0123456789abcdef1',
    }),
  });
  expect(() => bridgeStack(oneZone)).toThrow(
    'an ALB needs subnets in two Availability Zones, got 1 subnets in [us-east-1a]: select others by vpcSubnets',
  );
});
