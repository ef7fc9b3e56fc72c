/**
 * How requests get from the API to the ALB.
 *
 * - `ip-sync`: through an NLB, whose ip target group is kept equal to the ALB's addresses
 * - `alb-target`: through an NLB, whose target group has the ALB itself for a target
 * - `direct`: through a VPC link V2, without an NLB
 */
export type BridgePath = 'ip-sync' | 'alb-target' | 'direct';

/** The path leads through an NLB. */
export type NlbPath = Exclude<BridgePath, 'direct'>;

/**
 * What the ALB's security group admits of the NLB.
 *
 * - `addresses`: a rule for each address. Of a new ALB, the rules are read while the stack is deployed; in the group of
 *   an existing one, they are kept in step
 * - `security-group`: one rule, for the group that the NLB is in
 * - `prefix-list`: one rule, for a list of the addresses that is kept in step
 */
export type BridgeIngress = 'addresses' | 'security-group' | 'prefix-list';

/** What the integrations of an API need to know of where they lead. */
export interface Upstream {
  /** The id of the VPC link. */
  readonly connectionId: string;
  /** The load balancer behind a VPC link V2; one of the first version has its own. */
  readonly integrationTarget?: string;
  /** Of the load balancer behind the link. */
  readonly listenerArn: string;
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  /** The name that the load balancer's certificate must have, where there is one. */
  readonly serverName?: string;
}
