import { distributionOf } from '../metrics/distribution.ts';
import type { Datum } from '../metrics/metrics.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { dimensionOf } from './metric-dimensions.ts';

const minute = 60_000;

/** The requests of the last whole minute: of each ALB, and to each of its target groups. */
export function requestMetrics(loadBalancing: LoadBalancing, now: number): Datum[] {
  const timestamp = (Math.floor(now / minute) - 1) * minute;
  const balancers = [...loadBalancing.loadBalancers.values()].filter(({ type }) => type === 'application');
  const counted = (arn: string, dimensions: Record<string, string>): Datum[] => {
    const [requests = 0] = loadBalancing.requestCounts.lastMinutes(arn, 1, now);
    // AWS tells none where there were none.
    if (requests === 0) return [];
    const values = distributionOf([requests]);
    return [
      { namespace: 'AWS/ApplicationELB', name: 'RequestCount', dimensions, unit: 'Count', timestamp, values },
    ];
  };
  return balancers.flatMap(({ arn }) => {
    const LoadBalancer = dimensionOf(arn);
    const groups = loadBalancing.groupsOf(arn);
    return [
      ...counted(arn, { LoadBalancer }),
      ...groups.flatMap((group) => counted(group.arn, { LoadBalancer, TargetGroup: dimensionOf(group.arn) })),
    ];
  });
}
