import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { LoadBalancer } from '../world/load-balancing/load-balancer.ts';

/** @throws AwsError `LoadBalancerNotFound` (404) with the names that there are */
export function findLoadBalancer({ loadBalancing }: Cell, name: string): LoadBalancer {
  const all = [...loadBalancing.loadBalancers.values()];
  const found = all.find((held) => held.name === name);
  if (found) return found;
  const known = all.map((held) => held.name).join(', ');
  throw new AwsError(
    'LoadBalancerNotFound',
    `there is no load balancer '${name}'; there are: ${known || 'none'}`,
    404,
  );
}
