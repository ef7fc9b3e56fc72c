import type { Registration } from '../load-balancing/target-group.ts';
import type { AutoScalingGroup, Member } from './auto-scaling-group.ts';

/**
 * Why an instance in service counts as unhealthy, as the cause of its termination tells it; undefined where it is
 * healthy. An instance that does not run is noticed at once, all else after the grace period.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html
 */
export function whyUnhealthy(
  group: AutoScalingGroup,
  member: Member,
  { registrations, now }: { registrations: readonly Registration[]; now: number },
): string | undefined {
  const { state, isImpaired } = member.instance;
  if (state !== 'running')
    return becauseOf('an EC2 health check indicating it has been terminated or stopped');
  if (member.healthStatus === 'Unhealthy')
    return 'an instance was taken out of service in response to a user health-check.';
  if (now < member.inServiceAt + group.healthCheckGracePeriod * 1000) return undefined;
  if (isImpaired) return becauseOf('an EC2 instance status checks failure');
  const fails = group.healthCheckType === 'ELB' && registrations.some((held) => held.state === 'unhealthy');
  return fails ? becauseOf('an ELB system health check failure') : undefined;
}

function becauseOf(check: string): string {
  return `an instance was taken out of service in response to ${check}.`;
}
