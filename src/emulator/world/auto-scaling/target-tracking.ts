import type { Clock } from '../../clock/clock.ts';
import type { LoadBalancing } from '../load-balancing/load-balancing.ts';
import type { TargetGroup } from '../load-balancing/target-group.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { isSuspended } from './auto-scaling-group.ts';
import { type ScalingPolicy, trackedMetric } from './scaling-policy.ts';

const minute = 60_000;

/** Minutes above the target before a group grows, and below it before it shrinks, as the alarms are that AWS makes. */
const highMinutes = 3;
const lowMinutes = 15;

/** The share of the target that counts as below it. */
const lowShare = 0.9;

/**
 * What target tracking of requests for each target asks for; undefined where all is well. Only minutes since the last
 * scaling count. The largest of several policies wins.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export function trackedCapacity(
  group: AutoScalingGroup,
  world: { clock: Clock; loadBalancing: LoadBalancing },
): { policy: string; capacity: number } | undefined {
  if (isSuspended(group, 'AlarmNotification')) return undefined;
  const wanted = [...group.policies.values()].flatMap((policy) => {
    const capacity = policy.isEnabled ? wantedBy(policy, group, world) : undefined;
    return capacity === undefined ? [] : [{ policy: policy.name, capacity }];
  });
  const [most] = wanted.sort((one, other) => other.capacity - one.capacity);
  return most?.capacity === group.desiredCapacity ? undefined : most;
}

function wantedBy(
  { targetTracking }: ScalingPolicy,
  group: AutoScalingGroup,
  { clock, loadBalancing }: { clock: Clock; loadBalancing: LoadBalancing },
): number | undefined {
  const { PredefinedMetricSpecification: metric, TargetValue: target = 0 } = targetTracking ?? {};
  if (metric?.PredefinedMetricType !== trackedMetric) return undefined;
  const targetGroup = labelled(loadBalancing, metric.ResourceLabel);
  const healthy = targetGroup ? healthyIn(targetGroup) : 0;
  if (!targetGroup || healthy === 0) return undefined;
  const minutes = Math.floor((Math.floor(clock.now() / minute) * minute - group.lastScaledAt) / minute);
  const rates = loadBalancing.requestCounts
    .lastMinutes(targetGroup.arn, Math.min(lowMinutes, Math.max(0, minutes)), clock.now())
    .map((count) => count / healthy);
  const [latest = 0] = rates;
  const isHigh = rates.length >= highMinutes && rates.slice(0, highMinutes).every((rate) => rate > target);
  const isLow = rates.length >= lowMinutes && rates.every((rate) => rate < target * lowShare);
  if (!isHigh && !(isLow && !targetTracking?.DisableScaleIn)) return group.desiredCapacity;
  const wanted = Math.ceil((group.desiredCapacity * latest) / target);
  return Math.min(group.maxSize, Math.max(group.minSize, wanted));
}

/** `app/<name>/<id>/targetgroup/<name>/<id>` */
function labelled(loadBalancing: LoadBalancing, label = ''): TargetGroup | undefined {
  const part = label.slice(label.indexOf('targetgroup/'));
  return [...loadBalancing.targetGroups.values()].find(({ arn }) => arn.endsWith(`:${part}`));
}

function healthyIn({ registrations }: TargetGroup): number {
  return [...registrations.values()].filter(({ state }) => state === 'healthy').length;
}
