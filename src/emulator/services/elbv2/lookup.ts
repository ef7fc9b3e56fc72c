import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Listener, Rule } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';

/** @throws AwsError `LoadBalancerNotFound` */
export function findLoadBalancer({ loadBalancing }: Cell, arn: string | undefined): LoadBalancer {
  const found = loadBalancing.loadBalancers.get(arn ?? '');
  if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancer '${arn}' not found`);
  return found;
}

/** @throws AwsError `ListenerNotFound` */
export function findListener({ loadBalancing }: Cell, arn: string | undefined): Listener {
  const found = loadBalancing.listeners.get(arn ?? '');
  if (!found) throw new AwsError('ListenerNotFound', `Listener '${arn}' not found`);
  return found;
}

/** @throws AwsError `TargetGroupNotFound` */
export function findTargetGroup({ loadBalancing }: Cell, arn: string | undefined): TargetGroup {
  const found = loadBalancing.targetGroups.get(arn ?? '');
  if (!found) throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
  return found;
}

/** @throws AwsError `RuleNotFound` */
export function findRule(
  { loadBalancing }: Cell,
  arn: string | undefined,
): { listener: Listener; rule: Rule } {
  for (const listener of loadBalancing.listeners.values()) {
    const rule = listener.rules.find((held) => held.arn === arn);
    if (rule) return { listener, rule };
  }
  throw new AwsError('RuleNotFound', `One or more rules not found`);
}
