import { Changes } from '../../core/changes.ts';
import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { TargetGroup } from './target-group.ts';

/** Load balancers, their listeners and target groups; each map is keyed by ARN. */
export class LoadBalancing {
  readonly changes: Changes = new Changes();
  readonly loadBalancers: Map<string, LoadBalancer> = new Map();
  readonly listeners: Map<string, Listener> = new Map();
  readonly targetGroups: Map<string, TargetGroup> = new Map();
}
