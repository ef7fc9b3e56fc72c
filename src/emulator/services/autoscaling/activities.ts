import type { Activity as ActivityDescription, AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Operations } from '../../core/service.ts';
import { type Activity, progressOf } from '../../world/auto-scaling/activity.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';

export const activities: Operations<AutoScaling> = {
  /** The latest first, and with `ActivityIds` those alone. */
  DescribeScalingActivities(input, { cell }) {
    const { AutoScalingGroupName: name, ActivityIds: ids } = input;
    const groups = name === undefined ? [...cell.autoScaling.groups.values()] : [findGroup(cell, name)];
    const all = groups
      .flatMap((group) => group.activities.map((activity) => ({ group, activity })))
      .filter(({ activity }) => !ids?.length || ids.includes(activity.id))
      .sort((one, other) => other.activity.startedAt - one.activity.startedAt)
      .map((told, index) => ({ ...told, key: String(index).padStart(6, '0') }));
    const { items, nextToken } = page(all, ({ key }) => key, input);
    return {
      Activities: items.map(({ group, activity }) => describeActivity(group, activity)),
      NextToken: nextToken,
    };
  },
};

export function describeActivity(group: AutoScalingGroup, activity: Activity): ActivityDescription {
  const { endedAt, subnetId, availabilityZone } = activity;
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    ...(endedAt !== undefined && { EndTime: new Date(endedAt) }),
    StatusCode: activity.status,
    StatusMessage: activity.statusMessage,
    Progress: progressOf(activity),
    Details: JSON.stringify({ 'Subnet ID': subnetId, 'Availability Zone': availabilityZone }),
  };
}
