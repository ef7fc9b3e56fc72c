import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';

export interface Listener {
  arn: string;
  loadBalancerArn: string;
  port: number;
  protocol: string;
  defaultActions: Action[];
  /** By priority, the lowest first; the default action is none of them. */
  rules: Rule[];
  attributes: Map<string, string>;
  tags: Map<string, string>;
}

export interface Rule {
  arn: string;
  priority: number;
  conditions: RuleCondition[];
  actions: Action[];
  tags: Map<string, string>;
}
