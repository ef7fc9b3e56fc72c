import { Changes } from '../../core/changes.ts';
import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { TargetGroup } from './target-group.ts';

/** Load balancers, their listeners and target groups in an account and region; each map is keyed by ARN. */
export class LoadBalancing {
  readonly changes: Changes = new Changes();
  readonly loadBalancers: Map<string, LoadBalancer> = new Map();
  readonly listeners: Map<string, Listener> = new Map();
  readonly targetGroups: Map<string, TargetGroup> = new Map();

  listenersOf(loadBalancerArn: string): Listener[] {
    return [...this.listeners.values()].filter((listener) => listener.loadBalancerArn === loadBalancerArn);
  }

  byDnsName(name: string): LoadBalancer | undefined {
    const wanted = name.toLowerCase().replace(/\.$/, '');
    return [...this.loadBalancers.values()].find(({ dnsName }) => dnsName.toLowerCase() === wanted);
  }

  /** The load balancers that forward to a target group, by a listener's default or by a rule. */
  usersOf(targetGroupArn: string): LoadBalancer[] {
    const users = [...this.listeners.values()].filter((listener) =>
      targetGroupsOf(listener).has(targetGroupArn),
    );
    const arns = new Set(users.map(({ loadBalancerArn }) => loadBalancerArn));
    return [...this.loadBalancers.values()].filter(({ arn }) => arns.has(arn));
  }
}

/** ARNs of the target groups that a listener forwards to. */
function targetGroupsOf({ defaultActions, rules }: Listener): Set<string> {
  const actions = [...defaultActions, ...rules.flatMap((rule) => rule.actions)];
  const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn),
  ]);
  return new Set(arns.filter((arn) => arn !== undefined));
}
