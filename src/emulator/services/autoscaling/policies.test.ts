import type { PutScalingPolicyCommandInput } from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GroupWorld, groupName, groupWorld, launching } from './testing/group-world.ts';

let world: GroupWorld;

beforeEach(async () => {
  world = await groupWorld();
  await world.create();
  await world.clock.advance(launching);
});
afterEach(() => world.close());

const AutoScalingGroupName = groupName;

const put = (policy: Partial<PutScalingPolicyCommandInput>) =>
  world.autoScaling.putScalingPolicy({ AutoScalingGroupName, PolicyName: 'p', ...policy });

const capacity = async () => (await world.described()).DesiredCapacity;

describe('a policy that is executed', () => {
  it.each([
    { name: 'a change', policy: { AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 2 }, want: 4 },
    {
      name: 'a change beyond the bounds',
      policy: { AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: -5 },
      want: 1,
    },
    { name: 'an exact capacity', policy: { AdjustmentType: 'ExactCapacity', ScalingAdjustment: 5 }, want: 5 },
    {
      name: 'a percentage',
      policy: { AdjustmentType: 'PercentChangeInCapacity', ScalingAdjustment: 10 },
      want: 3,
    },
    {
      name: 'a percentage of a least size',
      policy: { AdjustmentType: 'PercentChangeInCapacity', ScalingAdjustment: 10, MinAdjustmentMagnitude: 3 },
      want: 5,
    },
  ])('sets $name', async ({ policy, want }) => {
    await put(policy);
    await world.autoScaling.executePolicy({ AutoScalingGroupName, PolicyName: 'p' });
    expect(await capacity()).toBe(want);
  });

  it.each([
    { MetricValue: 55, want: 3 },
    { MetricValue: 75, want: 4 },
    { MetricValue: 50, want: 3 },
    { MetricValue: 40, want: 2 },
  ])('takes the step for a metric of $MetricValue', async ({ MetricValue, want }) => {
    await put({
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 20, ScalingAdjustment: 2 },
      ],
    });
    await world.autoScaling.executePolicy({
      AutoScalingGroupName,
      PolicyName: 'p',
      MetricValue,
      BreachThreshold: 50,
    });
    expect(await capacity()).toBe(want);
  });
});

describe('target tracking of requests', () => {
  const minute = 60_000;

  async function track(DisableScaleIn = false): Promise<void> {
    const ResourceLabel = `${world.alb.split('loadbalancer/')[1]}/${world.targetGroup.split(':').at(-1)}`;
    await put({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel },
        TargetValue: 10,
        DisableScaleIn,
      },
    });
  }

  /** So many requests to the target group in each of some minutes. */
  async function load(requests: number, minutes: number): Promise<void> {
    const { requestCounts } = world.local.cell().loadBalancing;
    for (let passed = 0; passed < minutes; passed++) {
      for (let count = 0; count < requests; count++)
        requestCounts.count(world.targetGroup, world.clock.now());
      await world.clock.advance(minute);
    }
  }

  it('grows after three minutes of more, and shrinks after fifteen of less', async () => {
    await track();
    await load(48, 2);
    expect(await capacity()).toBe(2);
    await load(48, 3);
    expect(await capacity()).toBe(5);
    await load(48, 5);
    expect(await capacity()).toBe(5);
    await load(4, 10);
    expect(await capacity()).toBe(5);
    await load(4, 10);
    expect(await capacity()).toBe(1);
  });

  it('shrinks only where it may', async () => {
    await track(true);
    await load(0, 25);
    expect(await capacity()).toBe(2);
  });
});

it('is told, and deleted', async () => {
  const { PolicyARN } = await put({ AdjustmentType: 'ExactCapacity', ScalingAdjustment: 1, Cooldown: 60 });
  const { ScalingPolicies } = await world.autoScaling.describePolicies({ AutoScalingGroupName });
  expect(ScalingPolicies).toMatchObject([
    { PolicyName: 'p', PolicyARN, PolicyType: 'SimpleScaling', Cooldown: 60, Enabled: true },
  ]);
  await world.autoScaling.deletePolicy({ PolicyName: PolicyARN });
  expect((await world.autoScaling.describePolicies({})).ScalingPolicies).toEqual([]);
  const again = world.autoScaling.deletePolicy({ AutoScalingGroupName, PolicyName: 'p' });
  await expect(again).rejects.toThrow('PolicyName not found - p');
});

it.each([
  { policy: { PolicyType: 'PredictiveScaling' }, want: "The policy type 'PredictiveScaling'" },
  { policy: { PolicyType: 'TargetTrackingScaling' }, want: 'TargetTrackingConfiguration must be specified' },
  { policy: { AdjustmentType: 'Sometimes' }, want: 'Valid adjustment types are' },
  { policy: { AdjustmentType: 'ExactCapacity' }, want: 'ScalingAdjustment must be specified' },
  {
    policy: { PolicyType: 'StepScaling', AdjustmentType: 'ExactCapacity' },
    want: 'StepAdjustments must be specified',
  },
])('refuses $policy', async ({ policy, want }) => {
  await expect(put(policy)).rejects.toThrow(want);
});
