import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { AutoScalingGroup } from '../world/auto-scaling/auto-scaling-group.ts';

/** @throws AwsError `AutoScalingGroupNotFound` (404) with the names that there are */
export function findGroup({ autoScaling }: Cell, name: string): AutoScalingGroup {
  const found = autoScaling.groups.get(name);
  if (found) return found;
  const known = [...autoScaling.groups.keys()].join(', ');
  throw new AwsError(
    'AutoScalingGroupNotFound',
    `there is no Auto Scaling group '${name}'; there are: ${known || 'none'}`,
    404,
  );
}
