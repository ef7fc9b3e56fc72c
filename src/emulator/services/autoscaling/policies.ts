import type {
  AutoScaling,
  ScalingPolicy as PolicyDescription,
  PutScalingPolicyType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';
import {
  type AdjustmentType,
  adjustedCapacity,
  type ScalingPolicy,
} from '../../world/auto-scaling/scaling-policy.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';

export const policies: Operations<AutoScaling> = {
  PutScalingPolicy(input, { cell }) {
    const group = findGroup(cell, input.AutoScalingGroupName);
    const policy = readPolicy(input, group, cell);
    group.policies.set(policy.name, policy);
    return { PolicyARN: policy.arn, Alarms: [] };
  },
  DescribePolicies(input, { cell }) {
    const { AutoScalingGroupName: groupName, PolicyNames: names, PolicyTypes: types } = input;
    const groups =
      groupName === undefined ? [...cell.autoScaling.groups.values()] : [findGroup(cell, groupName)];
    const asked = groups
      .flatMap((group) => [...group.policies.values()].map((policy) => ({ group, policy })))
      .filter(({ policy }) => !names?.length || names.includes(policy.name) || names.includes(policy.arn))
      .filter(({ policy }) => !types?.length || types.includes(policy.type));
    const { items, nextToken } = page(asked, ({ policy }) => policy.arn, input);
    return {
      ScalingPolicies: items.map(({ group, policy }) => describe(group, policy)),
      NextToken: nextToken,
    };
  },
  ExecutePolicy(input, { cell }) {
    const { group, policy } = findPolicy(cell, input);
    if (policy.type === 'TargetTrackingScaling') {
      throw new AwsError(
        'ValidationError',
        `The policy ${policy.name} is of type ${policy.type}, which cannot be executed`,
      );
    }
    const cooldown = policy.cooldown ?? group.defaultCooldown;
    const isCooling = cell.clock.now() < group.lastScaledAt + cooldown * 1000;
    if (policy.type === 'SimpleScaling' && input.HonorCooldown && isCooling) {
      throw new AwsError('ScalingActivityInProgress', `The cooldown of group ${group.name} has not passed`);
    }
    const { MetricValue: value = 0, BreachThreshold: threshold = 0 } = input;
    const capacity = adjustedCapacity(policy, group, value - threshold);
    if (capacity !== undefined) {
      cell.autoScaler.setCapacity(group, capacity, `a user request executed policy ${policy.name}`);
    }
    return {};
  },
  DeletePolicy(input, { cell }) {
    const { group, policy } = findPolicy(cell, input);
    group.policies.delete(policy.name);
    return {};
  },
};

/** By its name and its group's, or by its ARN alone. */
function findPolicy(
  cell: Cell,
  {
    AutoScalingGroupName: groupName,
    PolicyName: wanted = '',
  }: { AutoScalingGroupName?: string | undefined; PolicyName: string | undefined },
): { group: AutoScalingGroup; policy: ScalingPolicy } {
  const groups =
    groupName === undefined ? [...cell.autoScaling.groups.values()] : [findGroup(cell, groupName)];
  for (const group of groups) {
    for (const policy of group.policies.values()) {
      if (policy.arn === wanted || (groupName !== undefined && policy.name === wanted))
        return { group, policy };
    }
  }
  throw new AwsError('ValidationError', `PolicyName not found - ${wanted}`);
}

function readPolicy(input: PutScalingPolicyType, group: AutoScalingGroup, cell: Cell): ScalingPolicy {
  const { PolicyName: name = '' } = input;
  const type = readType(input);
  const arn =
    group.policies.get(name)?.arn ??
    `arn:aws:autoscaling:${cell.region}:${cell.account}:scalingPolicy:${uuid(cell.random)}:autoScalingGroupName/${group.name}:policyName/${name}`;
  return {
    name,
    arn,
    type,
    isEnabled: input.Enabled ?? true,
    adjustmentType: input.AdjustmentType as AdjustmentType | undefined,
    scalingAdjustment: input.ScalingAdjustment,
    minAdjustmentMagnitude: input.MinAdjustmentMagnitude,
    cooldown: input.Cooldown,
    metricAggregationType: type === 'StepScaling' ? (input.MetricAggregationType ?? 'Average') : undefined,
    stepAdjustments: input.StepAdjustments ?? [],
    estimatedInstanceWarmup: input.EstimatedInstanceWarmup,
    targetTracking: input.TargetTrackingConfiguration && {
      DisableScaleIn: false,
      ...input.TargetTrackingConfiguration,
    },
  };
}

const adjustmentTypes = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'];

function readType(input: PutScalingPolicyType): ScalingPolicy['type'] {
  const { PolicyType: type = 'SimpleScaling', AdjustmentType: adjustment = '' } = input;
  if (type === 'TargetTrackingScaling') {
    if (input.TargetTrackingConfiguration) return type;
    throw new AwsError(
      'ValidationError',
      'TargetTrackingConfiguration must be specified for the policy type TargetTrackingScaling',
    );
  }
  if (type !== 'SimpleScaling' && type !== 'StepScaling') {
    throw new AwsError(
      'ValidationError',
      `The policy type '${type}' is not part of this local AWS: SimpleScaling, StepScaling and TargetTrackingScaling are`,
    );
  }
  if (!adjustmentTypes.includes(adjustment)) {
    throw new AwsError(
      'ValidationError',
      `Valid adjustment types are: [${adjustmentTypes.join(', ')}], not '${adjustment}'`,
    );
  }
  const steps = input.StepAdjustments?.length ?? 0;
  if (type === 'StepScaling' ? steps === 0 : input.ScalingAdjustment === undefined) {
    const needed = type === 'StepScaling' ? 'StepAdjustments' : 'ScalingAdjustment';
    throw new AwsError('ValidationError', `${needed} must be specified for the policy type ${type}`);
  }
  return type;
}

function describe(group: AutoScalingGroup, policy: ScalingPolicy): PolicyDescription {
  return {
    AutoScalingGroupName: group.name,
    PolicyName: policy.name,
    PolicyARN: policy.arn,
    PolicyType: policy.type,
    AdjustmentType: policy.adjustmentType,
    ScalingAdjustment: policy.scalingAdjustment,
    MinAdjustmentMagnitude: policy.minAdjustmentMagnitude,
    Cooldown: policy.cooldown,
    MetricAggregationType: policy.metricAggregationType,
    StepAdjustments: policy.stepAdjustments,
    EstimatedInstanceWarmup: policy.estimatedInstanceWarmup,
    TargetTrackingConfiguration: policy.targetTracking,
    Alarms: [],
    Enabled: policy.isEnabled,
  };
}
