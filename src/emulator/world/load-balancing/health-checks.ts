import type { Clock, Timer } from '../../clock/clock.ts';
import { accepts, type LoadBalancer } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { ProbeResult, Prober } from './probe.ts';
import type { Registration, TargetGroup } from './target-group.ts';
import { checking, judge, notInUse, registering, type Streak } from './target-health.ts';
import type { Timings } from './timings.ts';

interface Watch {
  group: TargetGroup;
  target: Registration;
  streak: Streak;
  timer: Timer | undefined;
}

/**
 * Watches every registered target of every group that a listener forwards to: one check at a time for each target,
 * from one of the load balancer's nodes, at the group's interval.
 */
export class HealthChecks {
  readonly #clock: Clock;
  readonly #loadBalancing: LoadBalancing;
  readonly #prober: Prober;
  readonly #timings: Timings;
  readonly #watches: Map<Registration, Watch> = new Map();

  constructor(world: { clock: Clock; loadBalancing: LoadBalancing; prober: Prober; timings: Timings }) {
    this.#clock = world.clock;
    this.#loadBalancing = world.loadBalancing;
    this.#prober = world.prober;
    this.#timings = world.timings;
  }

  /** Starts watching what has come, and stops watching what has gone, since the last look. */
  follow(): void {
    for (const group of this.#loadBalancing.targetGroups.values()) {
      const [user] = this.#loadBalancing.usersOf(group.arn);
      for (const target of group.registrations.values()) this.#followTarget(group, target, user);
    }
    for (const [target, watch] of this.#watches) {
      if (watch.group.registrations.get(`${target.id}:${target.port}`) !== target) this.#stop(target);
    }
  }

  #followTarget(group: TargetGroup, target: Registration, user: LoadBalancer | undefined): void {
    if (target.state === 'draining' || !user) {
      this.#stop(target);
      if (!user && target.state !== 'draining') Object.assign(target, notInUse);
      return;
    }
    if (this.#watches.has(target)) return;
    Object.assign(target, registering);
    const watch: Watch = { group, target, streak: { passed: 0, failed: 0 }, timer: undefined };
    this.#watches.set(target, watch);
    watch.timer = this.#clock.after(this.#timings.registration[user.type], () => {
      Object.assign(target, checking);
      this.#check(watch);
    });
  }

  #stop(target: Registration): void {
    this.#watches.get(target)?.timer?.cancel();
    this.#watches.delete(target);
  }

  #check(watch: Watch): void {
    watch.timer = this.#clock.after(watch.group.healthCheck.intervalSeconds * 1000, () => this.#check(watch));
    const from = this.#asker(watch.group);
    if (from === undefined) return;
    const { healthCheck: check } = watch.group;
    const port = check.port === 'traffic-port' ? watch.target.port : Number(check.port);
    const result = this.#prober({ from, address: watch.target.id, port, check });
    if (result instanceof Promise) void result.then((late) => this.#conclude(watch, late));
    else this.#conclude(watch, result);
  }

  #asker(group: TargetGroup): string | undefined {
    const nodes = this.#loadBalancing.usersOf(group.arn).flatMap((user) => user.nodes);
    return nodes.find(accepts)?.interface.privateIpAddresses[0];
  }

  #conclude(watch: Watch, result: ProbeResult): void {
    if (this.#watches.get(watch.target) !== watch) return;
    const verdict = judge(watch.target, watch.streak, result, watch.group);
    if (!verdict || (verdict.state === watch.target.state && verdict.reason === watch.target.reason)) return;
    Object.assign(watch.target, verdict);
    this.#loadBalancing.changes.announce();
  }
}
