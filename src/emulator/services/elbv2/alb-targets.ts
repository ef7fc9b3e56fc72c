import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';

/** Network load balancers that an application load balancer can be behind. */
const userLimit = 2;

/**
 * Checks an application load balancer that is to be a target.
 *
 * @throws AwsError `InvalidTarget`, `TooManyTargets`, `ValidationError`
 */
export function refuseAlbTarget(
  cell: Cell,
  group: TargetGroup,
  { Id: id = '', Port: port = group.port, AvailabilityZone: zone }: TargetDescription,
): void {
  const balancer = cell.loadBalancing.loadBalancers.get(id);
  if (balancer?.type !== 'application') {
    throw new AwsError(
      'InvalidTarget',
      `The following target is not a valid Application Load Balancer: '${id}'`,
    );
  }
  if (balancer.vpcId !== group.vpcId) {
    throw new AwsError(
      'InvalidTarget',
      `The following targets are not in the target group VPC '${group.vpcId}': '${id}'`,
    );
  }
  if (zone !== undefined) {
    throw new AwsError(
      'ValidationError',
      `An Availability Zone cannot be specified for target '${id}' of type alb`,
    );
  }
  if (!cell.loadBalancing.listenersOf(id).some((listener) => listener.port === port)) {
    throw new AwsError(
      'ValidationError',
      'If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides',
    );
  }
  refuseTooManyUsers(cell, group, id);
}

/** One load balancer a group. */
export function refuseSecondAlb(group: TargetGroup, keys: ReadonlySet<string>): void {
  if (group.targetType === 'alb' && keys.size > 1) {
    throw new AwsError(
      'TooManyTargets',
      `Target group '${group.arn}' of type alb can have at most '1' target`,
    );
  }
}

/**
 * Refuses to take away what a group of type alb sends to.
 *
 * @throws AwsError `ResourceInUse`
 */
export function refusePortInUse(cell: Cell, loadBalancerArn: string, port: number): void {
  const isTarget = groupsWith(cell, loadBalancerArn).some(({ registrations }) =>
    [...registrations.values()].some((held) => held.port === port && held.state !== 'draining'),
  );
  if (!isTarget) return;
  throw new AwsError(
    'ResourceInUse',
    `Listener port '${port}' is in use by registered target '${loadBalancerArn}' and cannot be removed.`,
  );
}

/** @throws AwsError `ResourceInUse` */
export function refuseRegisteredAlb(cell: Cell, loadBalancerArn: string): void {
  const [group] = groupsWith(cell, loadBalancerArn);
  if (!group) return;
  throw new AwsError(
    'ResourceInUse',
    `Load balancer '${loadBalancerArn}' cannot be deleted because it is registered as a target with '${group.arn}'`,
  );
}

function groupsWith({ loadBalancing }: Cell, id: string): TargetGroup[] {
  return [...loadBalancing.targetGroups.values()].filter(
    ({ targetType, registrations }) =>
      targetType === 'alb' &&
      [...registrations.values()].some((held) => held.id === id && held.state !== 'draining'),
  );
}

function refuseTooManyUsers(cell: Cell, group: TargetGroup, id: string): void {
  const groups = new Set([...groupsWith(cell, id), group]);
  const users = new Set([...groups].flatMap(({ arn }) => cell.loadBalancing.usersOf(arn)));
  if (users.size <= userLimit) return;
  throw new AwsError(
    'TooManyTargets',
    `Application Load Balancer '${id}' can be the target of at most '${userLimit}' Network Load Balancers`,
  );
}
