import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draining, type GroupWorld, groupName, groupWorld, launching } from './testing/group-world.ts';

let world: GroupWorld;

beforeEach(async () => {
  world = await groupWorld();
});
afterEach(() => world.close());

const AutoScalingGroupName = groupName;

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const states = async () => (await world.members()).map(({ LifecycleState }) => LifecycleState);

async function start(options: Parameters<GroupWorld['create']>[0] = {}): Promise<string[]> {
  await world.create(options);
  await world.clock.advance(launching);
  return (await world.members()).map(({ InstanceId = '' }) => InstanceId);
}

describe('a group', () => {
  it('launches over its zones, and registers what runs', async () => {
    await world.create({ Tags: [{ Key: 'Name', Value: 'web', PropagateAtLaunch: true }] });
    expect(await states()).toEqual(['Pending', 'Pending']);
    expect(await world.targets()).toEqual([]);
    await world.clock.advance(launching);
    const members = await world.members();
    expect(members).toMatchObject([
      { LifecycleState: 'InService', HealthStatus: 'Healthy', AvailabilityZone: 'us-east-1a' },
      { LifecycleState: 'InService', HealthStatus: 'Healthy', AvailabilityZone: 'us-east-1b' },
    ]);
    const ids = members.map(({ InstanceId = '' }) => InstanceId);
    expect(await world.targets()).toEqual(ids.map((id) => `${id}: healthy`).sort());
    const { Reservations = [] } = await world.ec2.describeInstances({ InstanceIds: ids.slice(0, 1) });
    expect(Reservations[0]?.Instances?.[0]).toMatchObject({
      InstanceType: 't4g.nano',
      Tags: [
        { Key: 'Name', Value: 'web' },
        { Key: 'aws:autoscaling:groupName', Value: 'web' },
      ],
    });
    expect((await world.activities()).map(({ StatusCode }) => StatusCode)).toEqual([
      'Successful',
      'Successful',
    ]);
  });

  it('drains what it scales in, and terminates it then', async () => {
    await start({ DesiredCapacity: 3 });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 2 });
    const members = await world.members();
    const [leaving] = members.filter(({ LifecycleState }) => LifecycleState === 'Terminating');
    // Two of the three are there.
    expect(leaving?.AvailabilityZone).toBe('us-east-1a');
    expect(await world.targets()).toContain(`${leaving?.InstanceId}: draining`);
    const [activity] = await world.activities();
    expect(activity).toMatchObject({ StatusCode: 'WaitingForELBConnectionDraining', Progress: 20 });
    const stateOf = async (id = '') =>
      (await world.ec2.describeInstances({ InstanceIds: [id] })).Reservations?.[0]?.Instances?.[0]?.State
        ?.Name;
    expect(await stateOf(leaving?.InstanceId)).toBe('running');
    await world.clock.advance(draining);
    expect(await stateOf(leaving?.InstanceId)).toBe('terminated');
    expect(await states()).toEqual(['InService', 'InService']);
    expect((await world.activities())[0]).toMatchObject({
      StatusCode: 'Successful',
      ActivityId: activity?.ActivityId,
    });
  });

  it('keeps what is protected from scale-in', async () => {
    const [first = ''] = await start();
    await world.autoScaling.setInstanceProtection({
      AutoScalingGroupName,
      InstanceIds: [first],
      ProtectedFromScaleIn: true,
    });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 1 });
    await world.clock.advance(draining);
    expect((await world.members()).map(({ InstanceId }) => InstanceId)).toEqual([first]);
  });

  it.each([
    { policy: 'OldestInstance', want: 'later' },
    { policy: 'NewestInstance', want: 'earlier' },
  ])('scales in by $policy', async ({ policy, want }) => {
    const [earlier] = await start({ DesiredCapacity: 1, TerminationPolicies: [policy] });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 2 });
    await world.clock.advance(launching);
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 1 });
    await world.clock.advance(draining);
    const [left] = await world.members();
    expect(left?.InstanceId === earlier ? 'earlier' : 'later').toBe(want);
  });

  it('launches from the newest version, and lets go of what is from an older one', async () => {
    const [, second] = await start();
    await world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: world.launchTemplateId,
      SourceVersion: '1',
      LaunchTemplateData: { InstanceType: 't4g.micro' },
    });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 4 });
    await world.clock.advance(launching);
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 3 });
    await world.clock.advance(draining);
    const members = await world.members();
    expect(
      members.map(({ InstanceType, LaunchTemplate }) => [InstanceType, LaunchTemplate?.Version]),
    ).toEqual([
      ['t4g.nano', '1'],
      ['t4g.micro', '2'],
      ['t4g.micro', '2'],
    ]);
    expect(members[0]?.InstanceId).toBe(second);
  });

  it('is updated in place; bounds take the desired capacity along', async () => {
    await start();
    await world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize: 3 });
    expect(await world.described()).toMatchObject({ MinSize: 3, MaxSize: 6, DesiredCapacity: 3 });
    await world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize: 0, MaxSize: 1 });
    await world.clock.advance(draining);
    expect(await states()).toEqual(['InService']);
  });

  it('goes only when it is empty, or by force without draining', async () => {
    await start();
    expect(await outcome(world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName }))).toMatch(
      /^ResourceInUseFault: You cannot delete an AutoScalingGroup while there are instances/,
    );
    await world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName, ForceDelete: true });
    expect(await world.described()).toMatchObject({ Status: 'Delete in progress', DesiredCapacity: 0 });
    await world.clock.advance(10_000);
    await expect(world.described()).rejects.toThrow('there is no group');
    const { network } = world.local.cell();
    expect([...network.interfaces.values()].every(({ requesterManaged }) => requesterManaged)).toBe(true);
  });

  it('does nothing that is suspended', async () => {
    await start();
    await world.autoScaling.suspendProcesses({ AutoScalingGroupName, ScalingProcesses: ['Launch'] });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 3 });
    await world.clock.advance(launching);
    expect(await states()).toHaveLength(2);
    await world.autoScaling.resumeProcesses({ AutoScalingGroupName });
    await world.clock.advance(launching);
    expect(await states()).toHaveLength(3);
  });
});

describe('health', () => {
  it('replaces a target that fails, after its grace period, and drains it', async () => {
    const [first = ''] = await start({ HealthCheckType: 'ELB', HealthCheckGracePeriod: 300 });
    const { faults, hosts, network } = world.local.cell();
    const { interface: held } = network.instances.get(first) ?? {};
    faults.add({ kind: 'dead-node', address: held?.privateIpAddresses[0] ?? '' });
    await world.clock.advance(120_000);
    expect(await world.targets()).toContain(`${first}: unhealthy`);
    expect(await states()).toEqual(['InService', 'InService']);
    await world.clock.advance(180_000);
    expect(await states()).toEqual(['Terminating', 'InService', 'InService']);
    expect(await world.targets()).toContain(`${first}: draining`);
    await world.clock.advance(draining);
    expect(await states()).toEqual(['InService', 'InService']);
    expect((await world.members()).map(({ InstanceId }) => InstanceId)).not.toContain(first);
    faults.clear();
    expect(hosts.all.size).toBe(2);
    const causes = (await world.activities()).map(({ Cause }) => Cause);
    expect(causes).toContainEqual(expect.stringContaining('an ELB system health check failure'));
  });

  it.each([
    {
      name: 'is terminated',
      lose: (id: string) => world.ec2.terminateInstances({ InstanceIds: [id] }),
      want: 'terminated or stopped',
    },
    {
      name: 'dies',
      lose: (id: string) =>
        fetch(`${world.local.endpoint}/_emulator/instances/${id}/kill`, { method: 'POST' }),
      want: 'status checks failure',
    },
    {
      name: 'is said to be unhealthy',
      lose: (InstanceId: string) =>
        world.autoScaling.setInstanceHealth({ InstanceId, HealthStatus: 'Unhealthy' }),
      want: 'user health-check',
    },
  ])('replaces an instance that $name', async ({ lose, want }) => {
    const [first = ''] = await start();
    await lose(first);
    await world.clock.advance(launching);
    const causes = (await world.activities()).map(({ Cause }) => Cause);
    expect(causes).toContainEqual(expect.stringContaining(want));
    await world.clock.advance(draining);
    expect(await states()).toEqual(['InService', 'InService']);
    expect((await world.members()).map(({ InstanceId }) => InstanceId)).not.toContain(first);
  });

  it('replaces an instance that is taken out by a call, or not', async () => {
    const [first, second] = await start();
    const out = (InstanceId = '', ShouldDecrementDesiredCapacity = false) =>
      world.autoScaling.terminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity });
    expect(await out(first)).toMatchObject({
      Activity: { Description: `Terminating EC2 instance: ${first}` },
    });
    await world.clock.advance(draining);
    expect(await states()).toEqual(['InService', 'InService']);
    await out(second, true);
    await world.clock.advance(draining);
    expect(await states()).toEqual(['InService']);
    const [{ InstanceId } = {}] = await world.members();
    expect(await outcome(out(InstanceId, true))).toContain('Currently, desiredSize equals minSize (1).');
  });
});

describe('what is launched does not start', () => {
  it('is told, and tried again', async () => {
    let attempts = 0;
    const flaky = await groupWorld(() => {
      if (++attempts === 1) throw new Error('no disk');
      return { ports: [] };
    });
    await flaky.create({ DesiredCapacity: 1 });
    await flaky.clock.advance(20_000);
    expect(await flaky.members()).toEqual([]);
    expect((await flaky.activities())[0]).toMatchObject({
      StatusCode: 'Failed',
      StatusMessage: 'Server.InternalError: no disk Launching EC2 instance failed.',
    });
    await flaky.clock.advance(90_000);
    expect(await flaky.members()).toMatchObject([{ LifecycleState: 'InService' }]);
    await flaky.close();
  });

  it('tells of a launch that cannot even begin', async () => {
    await start({ DesiredCapacity: 1 });
    await world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: world.launchTemplateId,
      LaunchTemplateData: { ImageId: 'ami-1', SecurityGroupIds: ['sg-0123'] },
    });
    await world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 2 });
    const [failed] = await world.activities();
    expect(failed).toMatchObject({
      StatusCode: 'Failed',
      StatusMessage: expect.stringContaining("'sg-0123'"),
    });
  });
});

describe('target groups', () => {
  it('come and go, and instances with them', async () => {
    await start();
    const other = await world.group({ Protocol: 'HTTP', TargetType: 'instance', Port: 8080 });
    const ids = (await world.members()).map(({ InstanceId }) => InstanceId).sort();
    const input = { AutoScalingGroupName, TargetGroupARNs: [other] };
    const attached = async () =>
      (
        await world.autoScaling.describeLoadBalancerTargetGroups({ AutoScalingGroupName })
      ).LoadBalancerTargetGroups?.map(
        ({ LoadBalancerTargetGroupARN: arn, State }) => `${arn === other ? 'other' : 'first'} ${State}`,
      ).sort();
    await world.autoScaling.attachLoadBalancerTargetGroups(input);
    expect((await world.health(other)).map(({ Target }) => Target?.Id).sort()).toEqual(ids);
    expect(await attached()).toEqual(['first InService', 'other Added']);
    const TrafficSources = [{ Identifier: world.targetGroup, Type: 'elbv2' }];
    await world.autoScaling.detachTrafficSources({ AutoScalingGroupName, TrafficSources });
    expect(await attached()).toEqual(['first Removing', 'other Added']);
    await world.clock.advance(draining);
    expect(await attached()).toEqual(['other Added']);
    expect(await world.targets()).toEqual([]);
    const { TrafficSources: told } = await world.autoScaling.describeTrafficSources({ AutoScalingGroupName });
    expect(told).toMatchObject([{ Identifier: other, Type: 'elbv2', State: 'Added' }]);
    await world.autoScaling.detachLoadBalancerTargetGroups(input);
    await world.autoScaling.attachTrafficSources({ AutoScalingGroupName, TrafficSources });
    expect(await attached()).toEqual(['first Added']);
  });
});

describe('refuses', () => {
  const template = { LaunchTemplateName: 'web' };
  it.each([
    {
      name: 'nothing to launch from',
      input: { LaunchTemplate: undefined },
      want: 'ValidationError: Valid requests must contain',
    },
    {
      name: 'two things',
      input: { LaunchConfigurationName: 'x' },
      want: 'ValidationError: Valid requests must contain',
    },
    {
      name: 'no such template',
      input: { LaunchTemplate: { LaunchTemplateName: 'none' } },
      want: 'template name none, does not exist',
    },
    {
      name: 'no such version',
      input: { LaunchTemplate: { ...template, Version: '9' } },
      want: 'template version, 9, of lt-',
    },
    {
      name: 'no such configuration',
      input: { LaunchTemplate: undefined, LaunchConfigurationName: 'x' },
      want: 'Launch configuration name not found - x',
    },
    {
      name: 'bounds the wrong way',
      input: { MinSize: 3, MaxSize: 2 },
      want: 'Max bound, 2, must be greater than or equal to min bound, 3',
    },
    {
      name: 'too much',
      input: { DesiredCapacity: 7 },
      want: 'Desired capacity:7 must be between the specified min size:1 and max size:6',
    },
    {
      name: 'no subnet',
      input: { VPCZoneIdentifier: '' },
      want: 'At least one Availability Zone or VPC Subnet is required.',
    },
    {
      name: 'an unknown subnet',
      input: { VPCZoneIdentifier: 'subnet-0' },
      want: "The subnet ID 'subnet-0' does not exist",
    },
    {
      name: 'an unknown target group',
      input: { TargetGroupARNs: ['arn:x'] },
      want: 'Provided Target Groups may not be valid.',
    },
    {
      name: 'an unknown health check',
      input: { HealthCheckType: 'VPC_LATTICE' },
      want: "The health check type 'VPC_LATTICE'",
    },
    {
      name: 'an unknown termination policy',
      input: { TerminationPolicies: ['Youngest'] },
      want: 'Invalid termination policies: [Youngest]',
    },
    {
      name: 'a classic load balancer',
      input: { TrafficSources: [{ Identifier: 'x', Type: 'elb' }] },
      want: "The traffic source type 'elb'",
    },
  ])('$name', async ({ input, want }) => {
    expect(await outcome(world.create(input))).toContain(want);
  });

  it('a name that is taken, and groups that are not there', async () => {
    await world.create();
    expect(await outcome(world.create())).toMatch(/^AlreadyExistsFault/);
    const AutoScalingGroupName = 'none';
    expect(
      await outcome(world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 1 })),
    ).toBe("ValidationError: AutoScalingGroup name not found - AutoScalingGroup 'none' not found");
  });

  it.each([
    {
      DesiredCapacity: 7,
      want: 'New SetDesiredCapacity value 7 is above max value 6 for the AutoScalingGroup.',
    },
    {
      DesiredCapacity: 0,
      want: 'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.',
    },
  ])('a capacity of $DesiredCapacity', async ({ DesiredCapacity, want }) => {
    await world.create();
    const set = world.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity });
    expect(await outcome(set)).toContain(want);
  });

  it('a scaling within the cooldown that is honoured', async () => {
    await start();
    const input = { AutoScalingGroupName, DesiredCapacity: 3, HonorCooldown: true };
    expect(await outcome(world.autoScaling.setDesiredCapacity(input))).toMatch(
      /^ScalingActivityInProgressFault/,
    );
    await world.clock.advance(300_000);
    expect(await outcome(world.autoScaling.setDesiredCapacity(input))).toBe('done');
  });
});

describe('reads', () => {
  it('page, and filter by tags', async () => {
    for (const name of ['a', 'b', 'c']) {
      await world.create({
        AutoScalingGroupName: name,
        DesiredCapacity: 1,
        Tags: [{ Key: 'kind', Value: name === 'b' ? 'odd' : 'even', PropagateAtLaunch: false }],
      });
    }
    const first = await world.autoScaling.describeAutoScalingGroups({ MaxRecords: 2 });
    const NextToken = first.NextToken ?? '';
    const second = await world.autoScaling.describeAutoScalingGroups({ MaxRecords: 2, NextToken });
    const names = [first, second].map(({ AutoScalingGroups = [] }) =>
      AutoScalingGroups.map(({ AutoScalingGroupName: name }) => name),
    );
    expect([names, second.NextToken]).toEqual([[['a', 'b'], ['c']], undefined]);
    const Filters = [{ Name: 'tag:kind', Values: ['odd'] }];
    const { AutoScalingGroups } = await world.autoScaling.describeAutoScalingGroups({ Filters });
    expect(AutoScalingGroups?.map(({ AutoScalingGroupName: name }) => name)).toEqual(['b']);
    expect(await outcome(world.autoScaling.describeAutoScalingGroups({ NextToken: 'x' }))).toMatch(
      /^InvalidNextToken/,
    );
    expect(await outcome(world.autoScaling.describeAutoScalingGroups({ MaxRecords: 101 }))).toMatch(
      /^ValidationError/,
    );
    const { AutoScalingInstances = [] } = await world.autoScaling.describeAutoScalingInstances({});
    expect(AutoScalingInstances.map(({ AutoScalingGroupName: name }) => name).sort()).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('tags that are changed later', async () => {
    await world.create();
    const tag = { ResourceId: groupName, ResourceType: 'auto-scaling-group', Key: 'team', Value: 'one' };
    await world.autoScaling.createOrUpdateTags({ Tags: [{ ...tag, PropagateAtLaunch: true }] });
    const described = async () =>
      (await world.autoScaling.describeTags({ Filters: [{ Name: 'key', Values: ['team'] }] })).Tags;
    expect(await described()).toEqual([{ ...tag, PropagateAtLaunch: true }]);
    await world.autoScaling.deleteTags({ Tags: [tag] });
    expect(await described()).toEqual([]);
  });
});
