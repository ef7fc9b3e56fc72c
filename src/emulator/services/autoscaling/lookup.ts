import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { AutoScalingGroup, Member } from '../../world/auto-scaling/auto-scaling-group.ts';

/** @throws AwsError `ValidationError` */
export function findGroup({ autoScaling }: Cell, name: string | undefined): AutoScalingGroup {
  const group = autoScaling.groups.get(name ?? '');
  if (group) return group;
  throw new AwsError(
    'ValidationError',
    `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`,
  );
}

/**
 * An instance that is in a group.
 *
 * @throws AwsError `ValidationError`
 */
export function findMember(
  { autoScaling }: Cell,
  instanceId = '',
): { group: AutoScalingGroup; member: Member } {
  const group = autoScaling.groupOf(instanceId);
  const member = group?.members.get(instanceId);
  if (group && member) return { group, member };
  throw new AwsError(
    'ValidationError',
    `Instance Id not found - No managed instance found for instance ID ${instanceId}`,
  );
}

/** @throws AwsError `ValidationError` for instances that are not the group's */
export function membersOf(group: AutoScalingGroup, ids: readonly string[]): Member[] {
  return ids.map((id) => {
    const member = group.members.get(id);
    if (member) return member;
    throw new AwsError(
      'ValidationError',
      `The instance ${id} is not part of Auto Scaling group ${group.name}.`,
    );
  });
}
