import type { Clock, Timer } from '../../clock/clock.ts';
import type { Network } from '../network/network.ts';
import type { Peer } from '../network/peer.ts';
import { accepts, type LoadBalancer } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { ProbeResult, Prober } from './probe.ts';
import type { Registration, TargetGroup } from './target-group.ts';
import { checking, failed, judge, registering, type Streak } from './target-health.ts';
import { placesOf, type TargetWorld } from './target-place.ts';
import type { Timings } from './timings.ts';
import { whyUnused } from './unused-targets.ts';

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
  readonly #network: Network;
  readonly #loadBalancing: LoadBalancing;
  readonly #prober: Prober;
  readonly #timings: Timings;
  readonly #watches: Map<Registration, Watch> = new Map();
  #isTelling = false;

  constructor(world: {
    clock: Clock;
    network: Network;
    loadBalancing: LoadBalancing;
    prober: Prober;
    timings: Timings;
  }) {
    this.#clock = world.clock;
    this.#network = world.network;
    this.#loadBalancing = world.loadBalancing;
    this.#prober = world.prober;
    this.#timings = world.timings;
  }

  /** Starts watching what has come, and stops watching what has gone, since the last look. */
  follow(): void {
    // Who is watched does not depend on how anybody's checks end: a look at all targets for each would be quadratic.
    const isOwn = this.#isTelling;
    this.#isTelling = false;
    if (isOwn) return;
    for (const group of this.#loadBalancing.targetGroups.values()) {
      const [user] = this.#loadBalancing.usersOf(group.arn);
      for (const target of group.registrations.values()) this.#followTarget(group, target, user);
    }
    for (const [target, watch] of this.#watches) {
      if (watch.group.registrations.get(`${target.id}:${target.port}`) !== target) this.#stop(target);
    }
  }

  get #world(): TargetWorld {
    return { network: this.#network, loadBalancing: this.#loadBalancing };
  }

  #followTarget(group: TargetGroup, target: Registration, user: LoadBalancer | undefined): void {
    const unused = whyUnused(this.#world, group, target, user);
    if (target.state === 'draining' || !user || unused) {
      this.#stop(target);
      if (unused && target.state !== 'draining') Object.assign(target, unused);
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
    const { group, target } = watch;
    const from = this.#asker(group);
    if (from === undefined) return;
    const [place] = placesOf(this.#world, group, target);
    if (!place) {
      this.#conclude(watch, failed);
      return;
    }
    const { healthCheck: check } = group;
    const port = check.port === 'traffic-port' ? place.port : Number(check.port);
    const proxyProtocol = group.attributes.get('proxy_protocol_v2.enabled') === 'true';
    const result = this.#prober({ from, address: place.address, port, check, proxyProtocol });
    if (result instanceof Promise) void result.then((late) => this.#conclude(watch, late));
    else this.#conclude(watch, result);
  }

  #asker(group: TargetGroup): Peer | undefined {
    const nodes = this.#loadBalancing.usersOf(group.arn).flatMap((user) => user.nodes);
    const held = nodes.find(accepts)?.interface;
    const [address] = held?.privateIpAddresses ?? [];
    return address === undefined ? undefined : { address, vpcId: held?.vpcId };
  }

  #conclude(watch: Watch, result: ProbeResult): void {
    if (this.#watches.get(watch.target) !== watch) return;
    const verdict = judge(watch.target, watch.streak, result, watch.group);
    if (!verdict || (verdict.state === watch.target.state && verdict.reason === watch.target.reason)) return;
    Object.assign(watch.target, verdict);
    this.#isTelling = true;
    this.#loadBalancing.changes.announce();
  }
}
