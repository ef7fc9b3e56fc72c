import { type Clock, every, type Timer } from '../../clock/clock.ts';
import type { Fleet } from './fleet.ts';
import { type LoadBalancer, stayingNodes } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';

/** How an ALB follows its load. */
export interface LoadRule {
  /** Requests a second that one node is there for. */
  requestsPerNode: number;
  fewest: number;
  most: number;
}

const minute = 60_000;

/** Minutes of less load before an ALB shrinks: AWS's grow fast and shrink slowly, at no documented pace. */
const calmMinutes = 5;

/** Scales ALBs by the requests that they get: looks once a minute at the minute before. */
export class LoadScaling {
  readonly #clock: Clock;
  readonly #fleet: Fleet;
  readonly #loadBalancing: LoadBalancing;
  readonly #timers: Map<string, Timer> = new Map();

  constructor(world: { clock: Clock; fleet: Fleet; loadBalancing: LoadBalancing }) {
    this.#clock = world.clock;
    this.#fleet = world.fleet;
    this.#loadBalancing = world.loadBalancing;
  }

  /** From now on the load decides on the number of nodes. */
  follow(loadBalancer: LoadBalancer, rule: LoadRule): void {
    this.stop(loadBalancer);
    this.#timers.set(
      loadBalancer.arn,
      every(this.#clock, minute, () => this.#look(loadBalancer, rule)),
    );
  }

  stop({ arn }: LoadBalancer): void {
    this.#timers.get(arn)?.cancel();
    this.#timers.delete(arn);
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #look(loadBalancer: LoadBalancer, rule: LoadRule): void {
    if (!this.#loadBalancing.loadBalancers.has(loadBalancer.arn)) {
      this.stop(loadBalancer);
      return;
    }
    const counts = this.#loadBalancing.requestCounts.lastMinutes(
      loadBalancer.arn,
      calmMinutes,
      this.#clock.now(),
    );
    const [latest = 0, ...before] = counts.map((count) => nodesFor(count, rule));
    const nodes = stayingNodes(loadBalancer).length;
    const wanted = Math.max(latest, Math.min(nodes, Math.max(...before)));
    if (wanted !== nodes) this.#fleet.scale(loadBalancer, wanted);
  }
}

function nodesFor(requestsInMinute: number, { requestsPerNode, fewest, most }: LoadRule): number {
  return Math.min(most, Math.max(fewest, Math.ceil(requestsInMinute / 60 / requestsPerNode)));
}
