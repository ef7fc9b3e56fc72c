import { Match, Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { InstanceIdTarget, IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { describe, expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';

const targetGroup = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const machine = {
  instanceType: new ec2.InstanceType('t4g.nano'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
};
const nowhere = Match.objectLike({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' });

function synthesize(...options: Parameters<typeof bridgeStack>): Template {
  return Template.fromStack(bridgeStack(...options).stack);
}

test('reaches addresses, and no others', () => {
  const template = synthesize({
    targetPort: 8080,
    targets: [new IpTarget('10.0.0.10'), new IpTarget('10.9.0.1', 9090, 'all')],
  });
  template.hasResourceProperties(targetGroup, {
    Port: 8080,
    TargetType: 'ip',
    Targets: [{ Id: '10.0.0.10' }, { AvailabilityZone: 'all', Id: '10.9.0.1', Port: 9090 }],
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [
      Match.objectLike({ CidrIp: '10.0.0.10/32', FromPort: 8080, IpProtocol: 'tcp', ToPort: 8080 }),
      Match.objectLike({ CidrIp: '10.9.0.1/32', FromPort: 9090, IpProtocol: 'tcp', ToPort: 9090 }),
    ],
  });
});

test('reaches instances by their security group', () => {
  const template = synthesize((stack) => {
    const vpc = new ec2.Vpc(stack, 'Network');
    const instance = new ec2.Instance(stack, 'Instance', { ...machine, vpc });
    return { targets: [instance], vpc };
  });
  template.hasResourceProperties(targetGroup, {
    TargetType: 'instance',
    Targets: [{ Id: { Ref: Match.stringLikeRegexp('Instance') } }],
  });
  reachesOneGroupOn(template, 80);
});

test('reaches an Auto Scaling group by its security group', () => {
  const template = synthesize((stack) => {
    const vpc = new ec2.Vpc(stack, 'Network');
    const group = new autoscaling.AutoScalingGroup(stack, 'Group', { ...machine, vpc });
    return { targetPort: 8080, targets: [group], vpc };
  });
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    TargetGroupARNs: [{ Ref: Match.stringLikeRegexp('AlbTargetGroup') }],
  });
  reachesOneGroupOn(template, 8080);
});

describe('ECS services', () => {
  const image = ecs.ContainerImage.fromRegistry('web');

  test.each([
    { name: 'the first container', targetOf: (service: ecs.BaseService) => service, port: 8080 },
    {
      name: 'a container that is named',
      targetOf: (service: ecs.BaseService) =>
        service.loadBalancerTarget({ containerName: 'admin', containerPort: 9090 }),
      port: 9090,
    },
  ])('on Fargate register their own tasks: $name', ({ targetOf, port }) => {
    const template = synthesize((stack) => {
      const vpc = new ec2.Vpc(stack, 'Network');
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 8080 }] });
      taskDefinition.addContainer('admin', { image, portMappings: [{ containerPort: 9090 }] });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition });
      return { targetPort: 8080, targets: [targetOf(service)], vpc };
    });
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        { ContainerPort: port, TargetGroupArn: { Ref: Match.stringLikeRegexp('AlbTargetGroup') } },
      ],
    });
    template.hasResourceProperties(targetGroup, { TargetType: 'ip', Targets: Match.absent() });
    reachesOneGroupOn(template, port);
  });

  test('on instances are reached at whatever port Docker gives', () => {
    const template = synthesize((stack) => {
      const vpc = new ec2.Vpc(stack, 'Network');
      const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
      taskDefinition.addContainer('web', {
        image,
        memoryLimitMiB: 128,
        portMappings: [{ containerPort: 80 }],
      });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Group', { ...machine, vpc });
      cluster.connections.addSecurityGroup(...autoScalingGroup.connections.securityGroups);
      cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Capacity', { autoScalingGroup }));
      return { targets: [new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition })], vpc };
    });
    template.hasResourceProperties(targetGroup, { TargetType: 'instance', Targets: Match.absent() });
    const ephemeral = { FromPort: 32768, IpProtocol: 'tcp', ToPort: 65535 };
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', ephemeral, 1);
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', ephemeral, 1);
  });
});

function reachesOneGroupOn(template: Template, port: number): void {
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [nowhere] });
  const rule = { FromPort: port, IpProtocol: 'tcp', ToPort: port };
  template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', rule, 1);
  template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', rule, 1);
}

test('reaches targets known by an id where it is told', () => {
  const { bridge, stack } = bridgeStack({ targets: [new InstanceIdTarget('i-0123456789abcdef0')] });
  bridge.connections.allowTo(ec2.Peer.ipv4('10.0.0.0/24'), ec2.Port.tcp(80));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [nowhere] });
  template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { CidrIp: '10.0.0.0/24', FromPort: 80 });
});

test('checks the health of targets as it is told', () => {
  const template = synthesize({ healthCheck: { path: '/healthz' }, pathPatterns: ['/a/*', '/b/*'] });
  template.hasResourceProperties(targetGroup, { HealthCheckPath: '/healthz', Protocol: 'HTTP' });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/a/*', '/b/*'] } }],
  });
});

test.each([
  {
    name: 'no target',
    props: { targets: [] },
    error: 'targets must name at least one target for the ALB, got none',
  },
  {
    name: 'an IPv6 target',
    props: { targets: [new IpTarget('fd00::1')] },
    error: "a target must be an IPv4 address, as the nodes of the ALB have no others, got 'fd00::1'",
  },
  {
    name: 'more path patterns than a rule takes',
    props: { pathPatterns: ['/1', '/2', '/3', '/4', '/5', '/6'] },
    error: 'pathPatterns must be one to five patterns, as a rule takes no more, got 6',
  },
  {
    name: 'no path pattern',
    props: { pathPatterns: [] },
    error: 'pathPatterns must be one to five patterns, as a rule takes no more, got 0',
  },
])('refuses $name', ({ props, error }) => {
  expect(() => bridgeStack(props)).toThrow(error);
});
