import { Match, Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { describe, expect, test } from 'vitest';
import { bridgeStack, resourcesOf } from '../testing/bridge-stack.ts';

const elbv2 = (type: string): string => `AWS::ElasticLoadBalancingV2::${type}`;

describe('the ten parts', () => {
  const template = Template.fromStack(bridgeStack().stack);

  test('has an internal NLB without security groups, which sends across zones', () => {
    template.hasResourceProperties(elbv2('LoadBalancer'), {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }]),
      Scheme: 'internal',
      SecurityGroups: Match.absent(),
      Type: 'network',
    });
  });

  test('has an internal ALB behind its security group', () => {
    template.hasResourceProperties(elbv2('LoadBalancer'), {
      Scheme: 'internal',
      SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('AlbSecurityGroup'), 'GroupId'] }],
      Type: 'application',
    });
  });

  test('admits to the ALB the addresses of the NLB only', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: { 'Fn::GetAtt': [Match.stringLikeRegexp('NlbAddresses'), 'privateIps'] },
    });
  });

  test('lists no targets in the group that follows the ALB (FM25)', () => {
    template.hasResourceProperties(elbv2('TargetGroup'), {
      HealthCheckProtocol: 'TCP',
      Port: 80,
      Protocol: 'TCP',
      TargetType: 'ip',
      Targets: Match.absent(),
    });
    template.hasResourceProperties(elbv2('Listener'), {
      DefaultActions: [
        { TargetGroupArn: { Ref: Match.stringLikeRegexp('NlbTargetGroup') }, Type: 'forward' },
      ],
      Port: 80,
      Protocol: 'TCP',
    });
  });

  test('runs its functions on arm64 with logs of their own, outside the VPC', () => {
    template.resourceCountIs('AWS::Lambda::Function', 3);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: Match.anyValue() } },
      Runtime: 'nodejs24.x',
      VpcConfig: Match.absent(),
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('starts a pass each minute, without retries', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('SyncFunction'), 'Arn'] } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('SyncSchedule'), 'Arn'] },
    });
  });

  test('does not preserve client addresses in the group that follows the ALB (FM28)', () => {
    template.hasResourceProperties(elbv2('TargetGroup'), {
      Protocol: 'TCP',
      TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }],
    });
  });

  test('reads the addresses of the NLB again when its subnets change (FM23)', () => {
    template.hasResourceProperties('Custom::PrivateIps', {
      ServiceTimeout: '600',
      listenerPort: 80,
      loadBalancerArn: { Ref: Match.stringLikeRegexp('Nlb') },
      subnetIds: [{ Ref: Match.anyValue() }, { Ref: Match.anyValue() }],
    });
  });

  test('passes every method and path through the VPC link to the NLB', () => {
    template.hasResourceProperties('AWS::ApiGateway::VpcLink', {
      TargetArns: [{ Ref: Match.stringLikeRegexp('BridgeNlb') }],
    });
    template.resourceCountIs('AWS::ApiGateway::Method', 2);
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'ANY',
      Integration: Match.objectLike({
        ConnectionId: { Ref: Match.stringLikeRegexp('VpcLink') },
        ConnectionType: 'VPC_LINK',
        IntegrationHttpMethod: 'ANY',
        Type: 'HTTP_PROXY',
      }),
    });
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: '{proxy+}' });
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      Integration: { RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' } },
      RequestParameters: { 'method.request.path.proxy': true },
    });
  });

  test('passes binary bodies unchanged, from a regional endpoint', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      BinaryMediaTypes: ['*/*'],
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  test('forwards the paths to the targets, and answers 404 to others', () => {
    template.hasResourceProperties(elbv2('Listener'), {
      DefaultActions: [
        {
          FixedResponseConfig: Match.objectLike({ ContentType: 'text/plain', StatusCode: '404' }),
          Type: 'fixed-response',
        },
      ],
      Port: 80,
      Protocol: 'HTTP',
    });
    template.hasResourceProperties(elbv2('ListenerRule'), {
      Actions: [{ TargetGroupArn: { Ref: Match.stringLikeRegexp('AlbTargetGroup') }, Type: 'forward' }],
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
    });
  });
});

test('has a new VPC without a way in or out', () => {
  const template = Template.fromStack(bridgeStack().stack);
  template.resourceCountIs('AWS::EC2::VPC', 1);
  template.resourceCountIs('AWS::EC2::Subnet', 2);
  for (const type of ['InternetGateway', 'NatGateway', 'Route', 'EIP']) {
    template.resourceCountIs(`AWS::EC2::${type}`, 0);
  }
});

test("adds nothing with CDK's recommended feature flags on", () => {
  const types = (context: Record<string, unknown>): string[] =>
    resourcesOf(bridgeStack({}, context).stack)
      .map(({ Type }) => Type)
      .sort();
  expect(types(CURRENTLY_RECOMMENDED_FLAGS)).toEqual(types({}));
});

test('has no outputs, parameters or functions that were not asked for', () => {
  const { Outputs, Resources } = Template.fromStack(bridgeStack().stack).toJSON();
  const customResources = Object.keys(Resources).filter((id) => Resources[id].Type.startsWith('Custom::'));
  expect(Outputs).toBeUndefined();
  expect(customResources).toHaveLength(3);
});

test('configures the sync function', () => {
  const { bridge, stack } = bridgeStack({ maxRemovals: 4, minHealthyPercent: 50 });
  const [text] = resourcesOf(stack).flatMap(
    ({ Properties }) => Properties.Environment?.Variables.ALBRIDGE_CONFIG ?? [],
  );
  const values = new Map([
    [JSON.stringify(stack.resolve(bridge.applicationLoadBalancer.loadBalancerArn)), 'the ALB'],
    [JSON.stringify(stack.resolve(bridge.networkTargetGroup.targetGroupArn)), 'the target group'],
    [JSON.stringify({ Ref: 'AWS::StackName' }), 'my-stack'],
  ]);
  const parts: unknown[] = text['Fn::Join'][1];
  const json = parts
    .map((part) => (typeof part === 'string' ? part : values.get(JSON.stringify(part))))
    .join('');
  expect(JSON.parse(json)).toEqual({
    bindings: [
      {
        name: 'my-stack.Bridge',
        source: { type: 'load-balancer', arn: 'the ALB' },
        sink: { type: 'target-group', arn: 'the target group', port: 80 },
        policy: { mode: 'sync', minHealthyPercent: 50, maxRemovals: 4 },
      },
    ],
  });
});

test('sets concurrency aside when asked to', () => {
  const template = Template.fromStack(bridgeStack({ reservedConcurrentExecutions: 1 }).stack);
  template.resourcePropertiesCountIs('AWS::Lambda::Function', { ReservedConcurrentExecutions: 1 }, 1);
});

test('gives the address of the stage', () => {
  const { bridge, stack } = bridgeStack({ stageName: 'live' });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'live' });
  expect(stack.resolve(bridge.url)['Fn::Join'][1]).toEqual([
    'https://',
    { Ref: expect.stringMatching('BridgeApi') },
    '.execute-api.',
    { Ref: 'AWS::Region' },
    '.',
    { Ref: 'AWS::URLSuffix' },
    '/',
    { Ref: expect.stringMatching('Stage') },
  ]);
});
