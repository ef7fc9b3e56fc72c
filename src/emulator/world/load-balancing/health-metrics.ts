import { distributionOf } from '../metrics/distribution.ts';
import type { Datum } from '../metrics/metrics.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { dimensionOf } from './metric-dimensions.ts';
import type { TargetGroup } from './target-group.ts';

const namespaces = { application: 'AWS/ApplicationELB', network: 'AWS/NetworkELB' };

/** How many targets are healthy, and how many are not, in each group of each load balancer that has some. */
export function healthMetrics(loadBalancing: LoadBalancing, timestamp: number): Datum[] {
  return [...loadBalancing.loadBalancers.values()].flatMap((loadBalancer) =>
    loadBalancing
      .groupsOf(loadBalancer.arn)
      .filter(({ registrations }) => registrations.size > 0)
      .flatMap((group) => healthOf(loadBalancer, group, timestamp)),
  );
}

function healthOf(loadBalancer: LoadBalancer, group: TargetGroup, timestamp: number): Datum[] {
  const states = [...group.registrations.values()].map(({ state }) => state);
  const datum = (name: string, wanted: string): Datum => ({
    namespace: namespaces[loadBalancer.type],
    name,
    dimensions: { LoadBalancer: dimensionOf(loadBalancer.arn), TargetGroup: dimensionOf(group.arn) },
    unit: 'Count',
    timestamp,
    values: distributionOf([states.filter((state) => state === wanted).length]),
  });
  return [datum('HealthyHostCount', 'healthy'), datum('UnHealthyHostCount', 'unhealthy')];
}
