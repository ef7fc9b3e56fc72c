import type { MetricType, StepAdjustment, TargetTrackingConfiguration } from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroup } from './auto-scaling-group.ts';

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';

export interface ScalingPolicy {
  name: string;
  arn: string;
  type: 'SimpleScaling' | 'StepScaling' | 'TargetTrackingScaling';
  isEnabled: boolean;
  adjustmentType: AdjustmentType | undefined;
  /** Of a simple policy. */
  scalingAdjustment: number | undefined;
  minAdjustmentMagnitude: number | undefined;
  /** Seconds. */
  cooldown: number | undefined;
  metricAggregationType: string | undefined;
  stepAdjustments: StepAdjustment[];
  /** Seconds. */
  estimatedInstanceWarmup: number | undefined;
  targetTracking: TargetTrackingConfiguration | undefined;
}

/** The metric that target tracking is acted upon for; others are the business of CloudWatch. */
export const trackedMetric: MetricType = 'ALBRequestCountPerTarget';

/**
 * The capacity that a policy asks for, within the group's limits. `breach` is how far its metric is beyond the alarm's
 * threshold, which chooses the step; undefined where no step is for it.
 */
export function adjustedCapacity(
  policy: ScalingPolicy,
  { desiredCapacity, minSize, maxSize }: AutoScalingGroup,
  breach?: number,
): number | undefined {
  const adjustment =
    policy.type === 'StepScaling' ? stepFor(policy.stepAdjustments, breach) : policy.scalingAdjustment;
  if (adjustment === undefined) return undefined;
  const wanted = adjusted(policy, desiredCapacity, adjustment);
  return Math.min(maxSize, Math.max(minSize, wanted));
}

function stepFor(steps: readonly StepAdjustment[], breach = 0): number | undefined {
  return steps.find(
    ({ MetricIntervalLowerBound: from = -Infinity, MetricIntervalUpperBound: to = Infinity }) =>
      breach >= 0 ? breach >= from && breach < to : breach > from && breach <= to,
  )?.ScalingAdjustment;
}

function adjusted(policy: ScalingPolicy, current: number, adjustment: number): number {
  if (policy.adjustmentType === 'ExactCapacity') return adjustment;
  const exact =
    policy.adjustmentType === 'PercentChangeInCapacity' ? (current * adjustment) / 100 : adjustment;
  const least = Math.max(1, policy.minAdjustmentMagnitude ?? 1);
  const size = Math.max(policy.adjustmentType === 'PercentChangeInCapacity' ? least : 0, wholeSize(exact));
  return current + Math.sign(adjustment) * size;
}

/** Above 1 a percentage is rounded down, below it up to 1: a change is never none. */
function wholeSize(change: number): number {
  return Math.abs(change) > 1 ? Math.floor(Math.abs(change)) : Math.ceil(Math.abs(change));
}
