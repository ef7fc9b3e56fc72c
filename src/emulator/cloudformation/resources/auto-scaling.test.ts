import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { autoScaling } from '../../services/autoscaling/index.ts';
import { ec2 } from '../../services/ec2/index.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

const Capabilities = ['CAPABILITY_IAM' as const];

/** As CDK synthesizes it, but for the network, which is the account's own. */
function template(
  { launch = 'LaunchConfig', ...group }: Record<string, unknown> = {},
  resources: object = {},
) {
  const subnetIds = [...driver.cell.network.subnets.keys()].slice(0, 2);
  const Tags = [{ Key: 'Name', Value: 'web', PropagateAtLaunch: true }];
  const source =
    launch === 'LaunchConfig'
      ? { LaunchConfigurationName: { Ref: 'LaunchConfig' } }
      : {
          LaunchTemplate: {
            LaunchTemplateId: { Ref: 'Template' },
            Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] },
          },
        };
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [
              { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } },
            ],
          },
        },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
      LaunchConfig: {
        Type: 'AWS::AutoScaling::LaunchConfiguration',
        Properties: {
          IamInstanceProfile: { Ref: 'Profile' },
          ImageId: 'ami-1',
          InstanceType: 't4g.nano',
          UserData: { 'Fn::Base64': '#!/bin/bash' },
        },
      },
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: {
          Port: 80,
          Protocol: 'HTTP',
          TargetType: 'instance',
          VpcId: [...driver.cell.network.vpcs.keys()][0],
        },
      },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          ...source,
          DesiredCapacity: '2',
          MaxSize: '5',
          MinSize: '1',
          Tags,
          TargetGroupARNs: [{ Ref: 'Targets' }],
          VPCZoneIdentifier: subnetIds,
          ...group,
        },
        UpdatePolicy: { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } },
      },
      ...resources,
    },
  };
}

const launchTemplate = (InstanceType: string) => ({
  Template: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
        ImageId: 'ami-1',
        InstanceType,
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'template' }] }],
      },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'Name', Value: 'web' }] }],
    },
  },
});

async function deploy(wanted: object): Promise<void> {
  await driver.create(wanted, { Capabilities });
  await driver.clock.advance(600_000);
  expect(driver.stack().reason).toBeUndefined();
  expect(driver.stack().status).toBe('CREATE_COMPLETE');
}

async function change(wanted: object): Promise<void> {
  const input = { StackName: 'app', TemplateBody: JSON.stringify(wanted), Capabilities };
  await execute(driver.service, 'UpdateStack', input, driver.call);
  await driver.clock.advance(600_000);
  expect(driver.stack().status).toBe('UPDATE_COMPLETE');
}

async function remove(): Promise<void> {
  await driver.remove();
  await driver.clock.advance(900_000);
  expect(driver.stack().status).toBe('DELETE_COMPLETE');
  const { autoScaling: held, identity, network } = driver.cell;
  expect(held.groups.size + held.launchConfigurations.size).toBe(0);
  expect(identity.instanceProfiles.size + network.launchTemplates.size + network.interfaces.size).toBe(0);
}

const id = (logicalId: string): string => driver.stack().resources.get(logicalId)?.physicalId ?? '';

const group = () => driver.cell.autoScaling.groups.get(id('Group'));

const types = () => [...(group()?.members.values() ?? [])].map(({ instance }) => instance.instanceType);

describe('AWS::AutoScaling::AutoScalingGroup', () => {
  it('is there once its instances are in service, registered and with their role', async () => {
    await driver.create(template(), { Capabilities });
    await driver.clock.advance(5_000);
    expect(driver.stack().status).toBe('CREATE_IN_PROGRESS');
    await driver.clock.advance(30_000);
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
    const members = [...(group()?.members.values() ?? [])];
    expect(members.map(({ lifecycleState }) => lifecycleState)).toEqual(['InService', 'InService']);
    const { loadBalancing, identity } = driver.cell;
    expect(loadBalancing.targetGroups.get(id('Targets'))?.registrations.size).toBe(2);
    const [first] = members;
    expect(first?.instance.instanceProfileArn).toBe(identity.instanceProfiles.get(id('Profile'))?.arn);
    expect(Object.fromEntries(first?.instance.tags ?? [])).toMatchObject({
      Name: 'web',
      'aws:autoscaling:groupName': id('Group'),
      'aws:cloudformation:logical-id': 'Group',
    });
    await remove();
  });

  it('is changed in place, and keeps what scaling has made of sizes that the template leaves alone', async () => {
    await deploy(template());
    const before = id('Group');
    await execute(
      autoScaling,
      'SetDesiredCapacity',
      { AutoScalingGroupName: before, DesiredCapacity: 3 },
      driver.call,
    );
    await change(template({ HealthCheckType: 'ELB', HealthCheckGracePeriod: 60, Tags: [] }));
    expect(group()).toMatchObject({ name: before, desiredCapacity: 3, healthCheckType: 'ELB' });
    expect(group()?.tags.has('Name')).toBe(false);
    await change(template({ DesiredCapacity: '4', TargetGroupARNs: [], Tags: [] }));
    expect(group()).toMatchObject({ name: before, desiredCapacity: 4 });
    expect(driver.cell.loadBalancing.targetGroups.get(id('Targets'))?.registrations.size).toBe(0);
    await remove();
  });

  it('launches from another configuration, or a template, only what comes later', async () => {
    await deploy(template({ launch: 'Template' }, launchTemplate('t4g.nano')));
    await change(template({ launch: 'Template', DesiredCapacity: '3' }, launchTemplate('t4g.micro')));
    expect(types()).toEqual(['t4g.nano', 't4g.nano', 't4g.micro']);
    expect(driver.cell.network.launchTemplates.get(id('Template'))).toMatchObject({
      defaultVersion: 1,
      createdVersions: 2,
    });
    await change(template({ DesiredCapacity: '3' }));
    expect(types()).toEqual(['t4g.nano', 't4g.nano', 't4g.micro']);
    await remove();
  });

  it('tells why it does not stabilize', async () => {
    const broken = {
      Properties: { ...template().Resources.LaunchConfig.Properties, IamInstanceProfile: 'none' },
    };
    const wanted = template();
    Object.assign(wanted.Resources.LaunchConfig, broken);
    await driver.create(wanted, { Capabilities });
    await driver.clock.advance(600_000);
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(driver.events().join('\n')).toMatch(
      /Group CREATE_FAILED: Group did not stabilize. {current\/minimum\/desired\/max: 0\/1\/2\/5}.*Invalid IAM Instance Profile/,
    );
  });
});

describe('AWS::AutoScaling::ScalingPolicy', () => {
  const policy = (TargetValue: number) => ({
    Policy: {
      Type: 'AWS::AutoScaling::ScalingPolicy',
      Properties: {
        AutoScalingGroupName: { Ref: 'Group' },
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue,
        },
      },
    },
  });

  it('is made, changed and deleted', async () => {
    await deploy(template({}, policy(50)));
    const arn = id('Policy');
    await change(template({}, policy(60)));
    expect(id('Policy')).toBe(arn);
    expect([...(group()?.policies.values() ?? [])]).toMatchObject([
      { arn, targetTracking: { TargetValue: 60 } },
    ]);
    await change(template());
    expect(group()?.policies.size).toBe(0);
  });
});

describe('AWS::EC2::Instance', () => {
  const instance = (given: object) => ({
    Resources: {
      Instance: {
        Type: 'AWS::EC2::Instance',
        Properties: { ImageId: 'ami-1', InstanceType: 't4g.nano', ...given },
      },
    },
    Outputs: { PrivateIp: { Value: { 'Fn::GetAtt': 'Instance.PrivateIp' } } },
  });

  it('runs, is tagged anew, and ends', async () => {
    const NetworkInterfaces = [
      { DeviceIndex: '0', GroupSet: [...driver.cell.network.securityGroups.keys()] },
    ];
    await deploy(instance({ NetworkInterfaces, Tags: [{ Key: 'Name', Value: 'one' }] }));
    const first = id('Instance');
    const held = driver.cell.network.instances.get(first);
    expect(held?.state).toBe('running');
    expect(driver.stack().outputs[0]?.OutputValue).toBe(held?.interface.privateIpAddresses[0]);
    await change(instance({ NetworkInterfaces, Tags: [{ Key: 'Name', Value: 'two' }] }));
    expect([id('Instance'), held?.tags.get('Name')]).toEqual([first, 'two']);
    await change(instance({ InstanceType: 't4g.micro' }));
    expect(held?.state).toBe('terminated');
    const { Reservations } = await execute(
      ec2,
      'DescribeInstances',
      { InstanceIds: [id('Instance')] },
      driver.call,
    );
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
      InstanceType: 't4g.micro',
      State: { Name: 'running' },
    });
    await remove();
  });
});
