import type { Cell } from '../../core/cell.ts';
import { healthMetrics } from '../../world/load-balancing/health-metrics.ts';
import { requestMetrics } from '../../world/load-balancing/request-metrics.ts';
import { queueMetrics } from '../../world/queues/queue-metrics.ts';

/** Measures targets' health, requests and queues' lengths; whether there are load balancers or queues at all. */
export function measureAtRest({ clock, loadBalancing, metrics, queues }: Cell): boolean {
  const now = clock.now();
  for (const datum of healthMetrics(loadBalancing, now)) metrics.put(datum);
  for (const datum of requestMetrics(loadBalancing, now)) metrics.put(datum);
  for (const queue of queues.all.values()) {
    for (const datum of queueMetrics(queue, now)) metrics.put(datum);
  }
  return loadBalancing.loadBalancers.size > 0 || queues.all.size > 0;
}
