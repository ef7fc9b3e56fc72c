import { Aws, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { groupArn, syncStack } from '../testing/sync-stack.ts';
import { AddressSource } from './address-source.ts';
import { AddressesTarget, DnsTarget } from './addresses-target.ts';
import { AllowListSync } from './allow-list-sync.ts';
import { SyncFunction } from './sync-function.ts';
import { TargetGroupSync } from './target-group-sync.ts';

const source = AddressSource.dns('db.example.com');

/** Whatever is joined or referred to, as text. */
const text = (value: unknown) => JSON.stringify(value).replaceAll('\\', '');

describe('constructs of one stack', () => {
  const { stack, syncCode, imported } = syncStack();
  const list = ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-0123');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/writer');
  new TargetGroupSync(stack, 'One', { source, port: 80, syncCode, targetGroup: imported('one') });
  new TargetGroupSync(stack, 'Two', {
    source: AddressSource.merged(source, AddressSource.static(['10.0.0.1'])),
    port: 80,
    syncCode,
    targetGroups: [imported('two'), imported('three')],
  });
  new AllowListSync(stack, 'Allow', { source, syncCode, prefixList: list });
  new TargetGroupSync(stack, 'Across', {
    source,
    port: 80,
    syncCode,
    targetGroup: imported('across'),
    targetGroupReach: { role, externalId: 'shared' },
  });
  const template = Template.fromStack(stack);

  test('share one function, and have a parameter each under its path', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          ALBRIDGE_CONFIG: Match.absent(),
          ALBRIDGE_CONFIG_PARAMETERS: {
            'Fn::Join': ['', ['/albridge/', { Ref: 'AWS::StackName' }, '/AlbridgeSync']],
          },
        },
      },
    });
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(parameters.map(({ Properties }) => text(Properties.Name).match(/AlbridgeSync\/\w+/)?.[0])).toEqual(
      ['AlbridgeSync/One', 'AlbridgeSync/Two', 'AlbridgeSync/Allow', 'AlbridgeSync/Across'],
    );
    expect(text(parameters[1]?.Properties.Value)).toMatch(/"type":"merged".*"name":"two".*"name":"three"/);
    expect(text(parameters[3]?.Properties.Value)).toContain('"externalId":"shared"');
  });

  test('find their parameters written before the function looks, and allowed before they are written', () => {
    const [lambda] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(lambda?.DependsOn).toEqual(
      expect.arrayContaining(Object.keys(template.findResources('AWS::SSM::Parameter'))),
    );
    for (const { DependsOn } of Object.values(template.findResources('AWS::SSM::Parameter'))) {
      expect(DependsOn).toEqual([expect.stringMatching(/SyncRole/)]);
    }
  });

  test('allow each write on one resource, each read once, and a role in place of both (FM30)', () => {
    const [held] = Object.values(template.findResources('AWS::IAM::Role'));
    const statements: { Action: string | string[]; Resource: unknown }[] =
      held?.Properties.Policies[0].PolicyDocument.Statement;
    const onAll = statements.filter(({ Resource }) => Resource === '*');
    expect(onAll).toHaveLength(1);
    expect([onAll[0]?.Action].flat().sort()).toEqual([
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeVpcs',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ]);
    const resources = text(statements.map(({ Resource }) => Resource));
    for (const name of ['one', 'two', 'three']) expect(resources).toContain(groupArn(name));
    expect(resources).toContain('prefix-list/pl-0123');
    expect(resources).not.toContain(groupArn('across'));
    expect(statements).toContainEqual({ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: role.roleArn });
    const [reading] = statements.filter(({ Action }) => Action === 'ssm:GetParametersByPath');
    expect(text(reading?.Resource)).toMatch(/:parameter\/albridge\/.*\/AlbridgeSync"\]\]}$/);
  });

  test('have a function for each setting', () => {
    const other = syncStack();
    const props = { source, port: 80, syncCode: other.syncCode, dispatchCode: other.syncCode };
    const one = new TargetGroupSync(other.stack, 'A', { ...props, targetGroup: other.imported('a') });
    const every = Duration.seconds(10);
    const two = new TargetGroupSync(other.stack, 'B', { ...props, every, targetGroup: other.imported('b') });
    const same = new TargetGroupSync(other.stack, 'C', { ...props, every, targetGroup: other.imported('c') });
    const inside = new TargetGroupSync(other.stack, 'D', {
      ...props,
      vpc: other.vpc,
      targetGroup: other.imported('d'),
    });
    expect(new Set([one, two, same, inside].map(({ syncFunction }) => syncFunction)).size).toBe(3);
    expect(same.syncFunction).toBe(two.syncFunction);
    Template.fromStack(other.stack).hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.objectLike({ SubnetIds: Match.anyValue() }),
    });
  });

  test('keep the function whose role has a name, whatever else of it changes', () => {
    const roles = [undefined, Duration.seconds(10)].map((every) => {
      const other = syncStack();
      const targetGroup = other.imported('a');
      const codes = { syncCode: other.syncCode, dispatchCode: other.syncCode };
      new TargetGroupSync(other.stack, 'A', {
        source,
        port: 80,
        every,
        roleName: 'sync',
        targetGroup,
        ...codes,
      });
      return Object.keys(
        Template.fromStack(other.stack).findResources('AWS::IAM::Role', { Properties: { RoleName: 'sync' } }),
      );
    });
    expect(roles[0]).toHaveLength(1);
    expect(roles[1]).toEqual(roles[0]);
  });

  test('have a function for each role name, those that are parameters included', () => {
    const { imported, stack, syncCode } = syncStack();
    for (const [id, roleName] of [
      ['A', `${Aws.STACK_NAME}-a`],
      ['B', `${Aws.STACK_NAME}-b`],
    ] as const) {
      const targetGroup = imported(id.toLowerCase());
      new TargetGroupSync(stack, id, { source, port: 80, roleName, syncCode, targetGroup });
    }
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 2);
  });

  test('have no two functions with roles of one name', () => {
    const { imported, stack, syncCode } = syncStack();
    const add = (id: string, every: Duration) =>
      new TargetGroupSync(stack, id, {
        ...{ source, port: 80, every, syncCode, dispatchCode: syncCode },
        roleName: 'sync',
        targetGroup: imported(id.toLowerCase()),
      });
    add('A', Duration.minutes(1));
    expect(() => add('B', Duration.minutes(1))).not.toThrow();
    expect(() => add('C', Duration.minutes(2))).toThrow("roleName must be the name of one role, got 'sync'");
  });
});

describe('a target of a listener', () => {
  test('has its group followed, on its port, and named nowhere in the template', () => {
    const { stack, listener, syncCode } = syncStack();
    listener().addTargets('Db', {
      port: 5432,
      targets: [new DnsTarget('db.example.internal', { syncCode })],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip',
      Targets: Match.absent(),
    });
    const [lambda] = Object.values(template.findResources('AWS::Lambda::Function'));
    const config = text(lambda?.Properties.Environment.Variables.ALBRIDGE_CONFIG);
    expect(config).toContain('"source":{"type":"dns","name":"db.example.internal"}');
    expect(config).toContain('"port":5432');
    template.resourceCountIs('AWS::SSM::Parameter', 0);
  });

  test('follows one source only', () => {
    const { listener, syncCode } = syncStack();
    const targets = ['a', 'b'].map((name) => new DnsTarget(`${name}.example`, { syncCode }));
    expect(() => listener().addTargets('Db', { port: 5432, targets })).toThrow('join them by');
  });

  test('has to be told the port of a group that is imported', () => {
    const { imported, syncCode } = syncStack();
    const attach = (port?: number) =>
      imported(`group${port}`).addTarget(new AddressesTarget(source, { port, syncCode }));
    expect(() => attach()).toThrow('does not tell its port');
    expect(() => attach(80)).not.toThrow();
  });
});

describe('at synthesis', () => {
  test.each([
    { props: { source: AddressSource.dns('10.0.0.1') }, message: 'expected a dns name, not an address' },
    { props: { source: AddressSource.static([]) }, message: 'source.addresses' },
    { props: { source, port: 0 }, message: /^'Stack\/Sync' is not valid: .*sink.port.* got 0$/ },
    { props: { source, minHealthyPercent: 101 }, message: 'policy.minHealthyPercent' },
    { props: {}, message: 'got none' },
    { props: { source, vpcSubnets: {} }, message: 'give vpc too' },
    { props: { source: AddressSource.static(Array(400).fill('10.100.100.100')) }, message: '4096 bytes' },
  ])('refuses $message', ({ props, message }) => {
    const { stack, syncCode, imported } = syncStack();
    const all = { port: 80, syncCode, targetGroup: imported('group'), ...props };
    expect(() => new TargetGroupSync(stack, 'Sync', all)).toThrow(message);
  });

  test('refuses a group that is another’s, of another type, or with targets of its own', () => {
    const { stack, syncCode, imported, vpc } = syncStack();
    const props = { source, port: 80, syncCode };
    new TargetGroupSync(stack, 'One', { ...props, targetGroup: imported('one') });
    const again = elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'Again', {
      targetGroupArn: groupArn('one'),
    });
    expect(() => new TargetGroupSync(stack, 'Two', { ...props, targetGroup: again })).toThrow('to itself');
    const targetGroup = new elbv2.NetworkTargetGroup(stack, 'Group', { port: 80, vpc });
    const sync = new TargetGroupSync(stack, 'Three', { ...props, targetGroup });
    expect(sync.node.validate().join()).toContain('must be of type ip');
  });

  test('refuses a function with nothing to do, and settings of a function besides it', () => {
    const { stack, syncCode, imported } = syncStack();
    const syncFunction = new SyncFunction(stack, 'Mine', { syncCode });
    expect(syncFunction.node.validate()).toEqual([expect.stringContaining('keeps nothing in step')]);
    const props = { source, port: 80, syncFunction, targetGroup: imported('one') };
    expect(() => new TargetGroupSync(stack, 'One', { ...props, events: true })).toThrow('events of');
    expect(new TargetGroupSync(stack, 'Two', props).syncFunction).toBe(syncFunction);
  });
});

test('alarms and a dashboard come on request, and tell their topic once', () => {
  const { stack, syncCode, imported } = syncStack();
  const topic = new sns.Topic(stack, 'Topic');
  const targetGroups = [imported('one'), imported('two')];
  const sync = new TargetGroupSync(stack, 'Sync', { source, port: 80, syncCode, targetGroups });
  expect(() => sync.metricDesired()).toThrow('name the one that is meant by passName');
  sync.addAlarms({ topic });
  const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Open', 'sg-0123');
  const allow = new AllowListSync(stack, 'Allow', { source, syncCode, securityGroup, ports: [80, 443] });
  expect(allow.addAlarms({ topic }).noHealthyTarget).toEqual([]);
  sync.syncFunction.addDashboard();
  const template = Template.fromStack(stack);
  // Four for each of two target groups, three for the list, and one for the function.
  template.resourceCountIs('AWS::CloudWatch::Alarm', 12);
  template.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [{ Ref: Match.anyValue() }],
    OKActions: [{ Ref: Match.anyValue() }],
  });
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(text(dashboard?.Properties.DashboardBody).match(/"Healthy"/g)?.length).toBeGreaterThanOrEqual(3);
});
