import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';

export interface Listener {
  arn: string;
  loadBalancerArn: string;
  port: number;
  protocol: string;
  defaultActions: Action[];
  /** The default one first; none where the protocol is in the clear. */
  certificateArns: string[];
  sslPolicy: string | undefined;
  /** What a TLS listener of an NLB negotiates: `HTTP1Only`, `HTTP2Preferred` and so on. */
  alpnPolicy: string | undefined;
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
