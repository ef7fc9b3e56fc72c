import { strToU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { apiGateway } from '../../services/api-gateway/index.ts';
import { ec2 } from '../../services/ec2/index.ts';
import { elbv2 } from '../../services/elbv2/index.ts';
import { events } from '../../services/events/index.ts';
import { iam } from '../../services/iam/index.ts';
import { lambda } from '../../services/lambda/index.ts';
import { sqs } from '../../services/sqs/index.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

const capabilities = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

/** Deploys, and lets what is waited for come to pass. */
async function deploy(Resources: object, Outputs: object = {}): Promise<void> {
  await driver.create({ Resources, Outputs }, capabilities);
  await driver.clock.advance(600_000);
  expect(driver.stack().reason).toBeUndefined();
  expect(driver.stack().status).toBe('CREATE_COMPLETE');
}

async function change(Resources: object): Promise<void> {
  const input = { StackName: 'app', TemplateBody: JSON.stringify({ Resources }), ...capabilities };
  await execute(driver.service, 'UpdateStack', input, driver.call);
  await driver.clock.advance(600_000);
  expect(driver.stack().status).toBe('UPDATE_COMPLETE');
}

async function remove(): Promise<void> {
  await driver.remove();
  await driver.clock.advance(600_000);
  expect(driver.events().filter((event) => event.includes('DELETE_FAILED'))).toEqual([]);
  expect(driver.stack().status).toBe('DELETE_COMPLETE');
}

function id(logicalId: string): string {
  return driver.stack().resources.get(logicalId)?.physicalId ?? '';
}

function outputs(): Record<string, string | undefined> {
  return Object.fromEntries(
    driver.stack().outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
}

const outputOf = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name.replace('.', ''), { Value: { 'Fn::GetAtt': name } }]));

const network = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true } },
  One: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1a' },
  },
  Two: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1b' },
  },
};

const subnets = [{ Ref: 'One' }, { Ref: 'Two' }];

describe('AWS::EC2', () => {
  const gateway = {
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
    },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    Route: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attachment',
      Properties: {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'Gateway' },
      },
    },
    Association: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'One' }, RouteTableId: { Ref: 'Table' } },
    },
  };

  it('makes a network, tags it, and leaves nothing of it behind', async () => {
    const { network: all } = driver.cell;
    const sizes = () =>
      [all.vpcs, all.subnets, all.routeTables, all.internetGateways].map(({ size }) => size);
    const before = sizes();
    await deploy(
      { ...network, ...gateway },
      outputOf('Vpc.CidrBlock', 'Vpc.DefaultSecurityGroup', 'One.AvailabilityZone'),
    );
    expect(outputs()).toMatchObject({ VpcCidrBlock: '10.0.0.0/16', OneAvailabilityZone: 'us-east-1a' });
    expect(outputs().VpcDefaultSecurityGroup).toMatch(/^sg-/);

    const Filters = [{ Name: 'tag:aws:cloudformation:logical-id', Values: ['Vpc'] }];
    const { Vpcs } = await execute(ec2, 'DescribeVpcs', { Filters }, driver.call);
    expect(Vpcs?.map(({ VpcId }) => VpcId)).toEqual([id('Vpc')]);
    const { RouteTables } = await execute(
      ec2,
      'DescribeRouteTables',
      { RouteTableIds: [id('Table')] },
      driver.call,
    );
    expect(RouteTables?.[0]).toMatchObject({
      Associations: [{ SubnetId: id('One') }],
      Routes: expect.arrayContaining([expect.objectContaining({ GatewayId: id('Gateway') })]),
    });

    await remove();
    expect(sizes()).toEqual(before);
  });

  it('makes security groups with rules of their own and rules apart', async () => {
    const group = (SecurityGroupIngress: object[]) => ({
      ...network,
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'admits',
          VpcId: { Ref: 'Vpc' },
          SecurityGroupIngress,
          SecurityGroupEgress: [{ IpProtocol: 'tcp', CidrIp: '10.0.9.0/24', FromPort: '80', ToPort: '80' }],
        },
      },
      Self: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { 'Fn::GetAtt': 'Group.GroupId' },
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          SourceSecurityGroupId: { Ref: 'Group' },
        },
      },
    });
    const rule = (CidrIp: string) => ({ IpProtocol: 'tcp', CidrIp, FromPort: 80, ToPort: 80 });
    const peers = async () => {
      const { SecurityGroups: [group] = [] } = await execute(
        ec2,
        'DescribeSecurityGroups',
        { GroupIds: [id('Group')] },
        driver.call,
      );
      const cidrs = (permissions = group?.IpPermissions) =>
        permissions?.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)).sort();
      return { ingress: cidrs(), egress: cidrs(group?.IpPermissionsEgress) };
    };

    await deploy(group([rule('10.0.0.1/32'), rule('10.0.0.2/32')]));
    expect(await peers()).toEqual({ ingress: ['10.0.0.1/32', '10.0.0.2/32'], egress: ['10.0.9.0/24'] });
    const before = id('Group');
    await change(group([rule('10.0.0.2/32'), rule('10.0.0.3/32')]));
    expect(id('Group')).toBe(before);
    expect(await peers()).toEqual({ ingress: ['10.0.0.2/32', '10.0.0.3/32'], egress: ['10.0.9.0/24'] });
    await remove();
  });
});

describe('AWS::ElasticLoadBalancingV2', () => {
  const balancer = (port: number, priority: number) => ({
    ...network,
    Alb: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Scheme: 'internal',
        Subnets: subnets,
        LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
      },
    },
    Group: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        Protocol: 'HTTP',
        Port: '80',
        TargetType: 'ip',
        VpcId: { Ref: 'Vpc' },
        Matcher: { HttpCode: '200-299' },
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: 5 }],
        Targets: [{ Id: '10.0.0.9', Port: port }],
      },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Alb' },
        Port: port,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: 404 } }],
      },
    },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        Priority: priority,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
        Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
  });

  it('makes a load balancer when it is active, with its listener, rule and targets', async () => {
    await deploy(
      balancer(80, 1),
      outputOf('Alb.DNSName', 'Alb.LoadBalancerFullName', 'Group.TargetGroupFullName'),
    );
    expect(outputs().AlbDNSName).toMatch(/^internal-app-Alb-/);
    expect(outputs().AlbLoadBalancerFullName).toMatch(/^app\/app-Alb-[a-z0-9]{12}\/[0-9a-f]{16}$/);
    expect(outputs().GroupTargetGroupFullName).toMatch(/^targetgroup\/app-Group-/);
    const { TargetHealthDescriptions: targets } = await execute(
      elbv2,
      'DescribeTargetHealth',
      { TargetGroupArn: id('Group') },
      driver.call,
    );
    expect(targets?.map(({ Target }) => Target)).toMatchObject([{ Id: '10.0.0.9', Port: 80 }]);
  });

  it('changes listeners, rules and targets in place', async () => {
    await deploy(balancer(80, 1));
    const ids = ['Alb', 'Group', 'Listener', 'Rule'].map(id);
    await change(balancer(8080, 2));
    expect(['Alb', 'Group', 'Listener', 'Rule'].map(id)).toEqual(ids);
    const [listener] = [...driver.cell.loadBalancing.listeners.values()];
    expect(listener).toMatchObject({ port: 8080, rules: [{ priority: 2 }] });
    const group = driver.cell.loadBalancing.targetGroups.get(id('Group'));
    const registered = [...(group?.registrations.values() ?? [])].filter(({ state }) => state !== 'draining');
    expect(registered).toMatchObject([{ id: '10.0.0.9', port: 8080 }]);
  });

  it('makes an HTTPS listener, and a guarded NLB whose target is the ALB; and takes both down again', async () => {
    const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/one';
    const parts: Record<string, object> = balancer(443, 1);
    const secured = {
      ...parts,
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Alb' },
          Port: 443,
          Protocol: 'HTTPS',
          Certificates: [{ CertificateArn: certificate }],
          SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      },
      Guard: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'nlb', VpcId: { Ref: 'Vpc' } },
      },
      Nlb: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Type: 'network',
          Scheme: 'internal',
          Subnets: [{ Ref: 'One' }, { Ref: 'Two' }],
          SecurityGroups: [{ 'Fn::GetAtt': 'Guard.GroupId' }],
          EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
        },
      },
      Through: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        DependsOn: 'Listener',
        Properties: {
          TargetType: 'alb',
          Protocol: 'TCP',
          Port: 443,
          VpcId: { Ref: 'Vpc' },
          Targets: [{ Id: { Ref: 'Alb' }, Port: 443 }],
        },
      },
      Front: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Nlb' },
          Port: 443,
          Protocol: 'TCP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Through' } }],
        },
      },
    };
    await deploy(secured);
    const { loadBalancers, listeners, targetGroups } = driver.cell.loadBalancing;
    expect(loadBalancers.get(id('Nlb'))?.enforcesOnPrivateLink).toBe(false);
    expect(listeners.get(id('Listener'))?.certificateArns).toEqual([certificate]);
    const held = [...(targetGroups.get(id('Through'))?.registrations.values() ?? [])];
    expect(held).toMatchObject([{ id: id('Alb'), port: 443 }]);
    await remove();
    expect(loadBalancers.size).toBe(0);
  });

  it('leaves nothing behind, though interfaces go after their load balancer', async () => {
    await deploy(balancer(80, 1));
    await remove();
    const { loadBalancing, network: left } = driver.cell;
    expect([loadBalancing.loadBalancers.size, loadBalancing.targetGroups.size, left.interfaces.size]).toEqual(
      [0, 0, 0],
    );
    expect(left.vpcs.size).toBe(1);
  });
});

describe('AWS::Lambda, AWS::IAM, AWS::Events, AWS::Logs and AWS::S3', () => {
  const statement = (Action: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const functions = (source: string, action: string) => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        Policies: [{ PolicyName: 'inline', PolicyDocument: statement(action) }],
      },
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'apart',
        PolicyDocument: statement('ec2:Describe*'),
        Roles: [{ Ref: 'Role' }],
      },
    },
    Managed: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: statement('s3:Get*'), Roles: [{ Ref: 'Role' }] },
    },
    Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app', RetentionInDays: '7' } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: source },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: '50',
        Environment: { Variables: { PORT: 80 } },
        LoggingConfig: { LogGroup: { Ref: 'Group' } },
        ReservedConcurrentExecutions: '1',
        Tags: [{ Key: 'team', Value: 'edge' }],
      },
    },
    Once: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Function' }, Qualifier: '$LATEST', MaximumRetryAttempts: '0' },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Function' },
        FunctionVersion: { 'Fn::GetAtt': 'Version.Version' },
        Name: 'PROD',
      },
    },
    Schedule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'sync', Arn: { 'Fn::GetAtt': 'Function.Arn' }, Input: '{"targetPort":"80"}' }],
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': 'Function.Arn' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': 'Schedule.Arn' },
      },
    },
    Bucket: { Type: 'AWS::S3::Bucket' },
  });

  it('makes a function with all that belongs to it', async () => {
    await deploy(functions('exports.handler = async () => 1', 'elasticloadbalancing:Describe*'), {
      ...outputOf('Function.Arn', 'Group.Arn', 'Bucket.Arn'),
      Alias: { Value: { Ref: 'Alias' } },
    });
    const FunctionName = id('Function');
    expect(FunctionName).toMatch(/^app-Function-[a-z0-9]{12}$/);
    expect(outputs()).toEqual({
      FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`,
      GroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app:*',
      BucketArn: `arn:aws:s3:::${id('Bucket')}`,
      Alias: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}:PROD`,
    });
    const { Configuration, Concurrency, Tags } = await execute(
      lambda,
      'GetFunction',
      { FunctionName },
      driver.call,
    );
    expect(Configuration).toMatchObject({
      State: 'Active',
      Timeout: 50,
      Environment: { Variables: { PORT: '80' } },
      LoggingConfig: { LogGroup: '/app' },
    });
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 1 });
    expect(Tags).toMatchObject({ team: 'edge', 'aws:cloudformation:stack-name': 'app' });
    const zip = driver.cell.functions.all.get(FunctionName)?.latest.code.zip ?? strToU8('');
    expect(Object.keys(unzipSync(zip))).toEqual(['index.js']);

    const RoleName = id('Role');
    const attached = await execute(iam, 'ListAttachedRolePolicies', { RoleName }, driver.call);
    expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn).sort()).toEqual(
      [id('Managed'), 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'].sort(),
    );
    const { PolicyNames } = await execute(iam, 'ListRolePolicies', { RoleName }, driver.call);
    expect(PolicyNames?.sort()).toEqual(['apart', 'inline']);
    const { Targets } = await execute(events, 'ListTargetsByRule', { Rule: id('Schedule') }, driver.call);
    expect(Targets).toMatchObject([{ Id: 'sync', Arn: outputs().FunctionArn, Input: '{"targetPort":"80"}' }]);
  });

  it('changes code and policies in place', async () => {
    await deploy(functions('exports.handler = async () => 1', 'ec2:Describe*'));
    const code = () => driver.cell.functions.all.get(id('Function'))?.latest.code.sha256;
    const [before, name] = [code(), id('Function')];
    await change(functions('exports.handler = async () => 2', 'ec2:CreateTags'));
    expect(id('Function')).toBe(name);
    expect(code()).not.toBe(before);
    const inline = { RoleName: id('Role'), PolicyName: 'inline' };
    const { PolicyDocument = '' } = await execute(iam, 'GetRolePolicy', inline, driver.call);
    expect(decodeURIComponent(PolicyDocument)).toContain('ec2:CreateTags');
  });

  it('leaves nothing behind', async () => {
    await deploy(functions('exports.handler = async () => 1', 'ec2:Describe*'));
    await remove();
    const { functions: left, logGroups, buckets } = driver.cell;
    expect([left.all.size, logGroups.all.size, buckets.all.size]).toEqual([0, 0, 0]);
    expect((await execute(iam, 'ListRoles', {}, driver.call)).Roles).toEqual([]);
  });
});

describe('AWS::SQS and AWS::Lambda::EventSourceMapping', () => {
  const queues = (visibility: string, batchSize: number) => ({
    Dead: { Type: 'AWS::SQS::Queue' },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: visibility,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': 'Dead.Arn' }, maxReceiveCount: 3 },
        Tags: [{ Key: 'team', Value: 'edge' }],
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }] },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [
          {
            PolicyName: 'consume',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
            },
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: 'exports.handler = async () => 1' },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: String(batchSize),
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { Ref: 'Function' },
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
  });
  const queueAttributes = async () => {
    const input = { QueueUrl: id('Queue'), AttributeNames: ['All' as const] };
    return (await execute(sqs, 'GetQueueAttributes', input, driver.call)).Attributes;
  };
  const mapping = () => execute(lambda, 'GetEventSourceMapping', { UUID: id('Mapping') }, driver.call);

  it('makes a queue that invokes a function, changes both, and leaves nothing behind', async () => {
    await deploy(queues('60', 10), outputOf('Queue.QueueName', 'Queue.Arn', 'Mapping.EventSourceMappingArn'));
    const { QueueQueueName: QueueName = 'none', QueueArn } = outputs();
    expect(id('Queue')).toMatch(new RegExp(`^http.*/000000000000/${QueueName}$`));
    expect(QueueArn).toBe(`arn:aws:sqs:us-east-1:000000000000:${QueueName}`);
    expect(outputs().MappingEventSourceMappingArn).toContain(id('Mapping'));
    expect(await queueAttributes()).toMatchObject({
      VisibilityTimeout: '60',
      Policy: expect.stringContaining('"Deny"'),
      RedrivePolicy: expect.stringContaining('"maxReceiveCount":3'),
    });
    const { Tags } = await execute(sqs, 'ListQueueTags', { QueueUrl: id('Queue') }, driver.call);
    expect(Tags).toMatchObject({ team: 'edge', 'aws:cloudformation:stack-name': 'app' });
    expect(await mapping()).toMatchObject({ State: 'Enabled', BatchSize: 10 });

    const before = [id('Queue'), id('Mapping')];
    await change(queues('90', 5));
    expect([id('Queue'), id('Mapping')]).toEqual(before);
    expect(await queueAttributes()).toMatchObject({ VisibilityTimeout: '90' });
    expect(await mapping()).toMatchObject({ State: 'Enabled', BatchSize: 5 });

    await remove();
    const { eventSourceMappings, queues: left } = driver.cell;
    expect([eventSourceMappings.all.size, left.all.size]).toEqual([0, 0]);
  });
});

describe('AWS::ApiGateway', () => {
  const api = (uri: string, deployment: string) => ({
    ...network,
    Nlb: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Type: 'network', Scheme: 'internal', Subnets: subnets },
    },
    Link: { Type: 'AWS::ApiGateway::VpcLink', Properties: { Name: 'link', TargetArns: [{ Ref: 'Nlb' }] } },
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'api', EndpointConfiguration: { Types: ['REGIONAL'] } },
    },
    Proxy: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' },
        PathPart: '{proxy+}',
      },
    },
    Any: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'Proxy' },
        HttpMethod: 'ANY',
        AuthorizationType: 'NONE',
        RequestParameters: { 'method.request.path.proxy': true },
        Integration: {
          Type: 'HTTP_PROXY',
          IntegrationHttpMethod: 'ANY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: { Ref: 'Link' },
          Uri: uri,
          RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
        },
      },
    },
    [deployment]: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: 'Any',
      Properties: { RestApiId: { Ref: 'Api' } },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: deployment },
        StageName: 'prod',
        MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', MetricsEnabled: true }],
      },
    },
  });

  it('makes an API behind a link that is available, changes it, and leaves nothing behind', async () => {
    await deploy(api('http://nlb/{proxy}', 'First'));
    const stage = { restApiId: id('Api'), stageName: 'prod' };
    const first = await execute(apiGateway, 'GetStage', stage, driver.call);
    expect(first).toMatchObject({
      deploymentId: id('First'),
      methodSettings: { '*/*': { metricsEnabled: true } },
    });
    expect(await execute(apiGateway, 'GetVpcLink', { vpcLinkId: id('Link') }, driver.call)).toMatchObject({
      status: 'AVAILABLE',
    });

    await change(api('http://nlb/v2/{proxy}', 'Second'));
    const second = await execute(apiGateway, 'GetStage', stage, driver.call);
    expect(second.deploymentId).toBe(id('Second'));
    expect(driver.stack().resources.has('First')).toBe(false);
    const method = { restApiId: id('Api'), resourceId: id('Proxy'), httpMethod: 'ANY' };
    const integration = await execute(apiGateway, 'GetIntegration', method, driver.call);
    expect(integration).toMatchObject({ uri: 'http://nlb/v2/{proxy}', connectionId: id('Link') });

    await remove();
    expect([driver.cell.apis.restApis.size, driver.cell.apis.vpcLinks.size]).toEqual([0, 0]);
  });
});
