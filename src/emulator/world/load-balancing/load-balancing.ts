import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Changes } from '../../core/changes.ts';
import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import { RequestCounts } from './request-counts.ts';
import type { TargetGroup } from './target-group.ts';

/** Load balancers, their listeners and target groups in an account and region; each map is keyed by ARN. */
export class LoadBalancing {
  readonly changes: Changes = new Changes();
  readonly loadBalancers: Map<string, LoadBalancer> = new Map();
  readonly listeners: Map<string, Listener> = new Map();
  readonly targetGroups: Map<string, TargetGroup> = new Map();
  /** Of ALBs and of what they forward to, by what passed through. */
  readonly requestCounts: RequestCounts = new RequestCounts();

  listenersOf(loadBalancerArn: string): Listener[] {
    const found: Listener[] = [];
    for (const listener of this.listeners.values()) {
      if (listener.loadBalancerArn === loadBalancerArn) found.push(listener);
    }
    return found;
  }

  byDnsName(name: string): LoadBalancer | undefined {
    const wanted = name.toLowerCase().replace(/\.$/, '');
    return [...this.loadBalancers.values()].find(({ dnsName }) => dnsName.toLowerCase() === wanted);
  }

  /** The load balancers that forward to a target group, by a listener's default or by a rule. */
  usersOf(targetGroupArn: string): LoadBalancer[] {
    const arns = new Set<string>();
    for (const listener of this.listeners.values()) {
      if (forwardsTo(listener, targetGroupArn)) arns.add(listener.loadBalancerArn);
    }
    return [...this.loadBalancers.values()].filter(({ arn }) => arns.has(arn));
  }

  /** The target groups that a load balancer forwards to. */
  groupsOf(loadBalancerArn: string): TargetGroup[] {
    const listeners = this.listenersOf(loadBalancerArn);
    const groups: TargetGroup[] = [];
    for (const group of this.targetGroups.values()) {
      if (listeners.some((listener) => forwardsTo(listener, group.arn))) groups.push(group);
    }
    return groups;
  }
}

/** Asked at each health check, so it makes no lists. */
function forwardsTo({ defaultActions, rules }: Listener, targetGroupArn: string): boolean {
  const isTo = (action: Action): boolean =>
    action.TargetGroupArn === targetGroupArn ||
    (action.ForwardConfig?.TargetGroups?.some((group) => group.TargetGroupArn === targetGroupArn) ?? false);
  return defaultActions.some(isTo) || rules.some(({ actions }) => actions.some(isTo));
}
