/** What albridge is to do; as JSON in `ALBRIDGE_CONFIG`. */
export interface Config {
  bindings: readonly BindingConfig[];
}

/** One sink that must hold one source's addresses. */
export interface BindingConfig {
  /** Unique; names the binding in logs, metrics and errors, and marks the security-group rules it owns. */
  name: string;
  source: SourceConfig;
  sink: SinkConfig;
  policy: PolicyConfig;
}

export type SourceConfig = PartSourceConfig | MergedSourceConfig;

/** A source that can be a part of a merged one. */
export type PartSourceConfig =
  | LoadBalancerSourceConfig
  | DnsSourceConfig
  | VpcEndpointSourceConfig
  | NetworkInterfacesSourceConfig
  | StaticSourceConfig;

/** The addresses of an application or network load balancer, found by `arn` or by `description`: one of the two. */
export interface LoadBalancerSourceConfig {
  type: 'load-balancer';
  arn?: string | undefined;
  /** The load balancer's exact name, or its interfaces' description `ELB app/<name>/<id>`. */
  description?: string | undefined;
  /**
   * Leave out, and remove while they still serve, the addresses of an application load balancer that its DNS name no
   * longer gives. It rests on the order in which AWS takes nodes out of service, which is observed, not documented.
   *
   * @default true
   */
  earlyDrain?: boolean | undefined;
  /**
   * Name servers that hold the load balancer's DNS name, as `10.0.0.2` or `10.0.0.2:53`; early drain asks them where
   * it has more than eight nodes.
   *
   * @default - the servers of the name's zone
   */
  nameServers?: readonly string[] | undefined;
}

/** The addresses that a DNS name stands for. */
export interface DnsSourceConfig {
  type: 'dns';
  name: string;
  /**
   * Which of its addresses: A records, AAAA records, or both, of which it has to have some each.
   *
   * @default 'ipv4'
   */
  family?: 'ipv4' | 'ipv6' | 'both' | undefined;
  /**
   * Name servers to ask, as `10.0.0.2` or `10.0.0.2:53`.
   *
   * @default - the system's
   */
  servers?: readonly string[] | undefined;
}

/** The addresses of the network interfaces of a VPC endpoint. */
export interface VpcEndpointSourceConfig {
  type: 'vpc-endpoint';
  /** `vpce-…` */
  id: string;
}

/** The addresses of network interfaces that have all of the tags, one of the groups, and are in one of the subnets. */
export interface NetworkInterfacesSourceConfig {
  type: 'network-interfaces';
  /** At least one of `tags`, `securityGroupIds` and `subnetIds` is given. */
  tags?: Readonly<Record<string, string>> | undefined;
  securityGroupIds?: readonly string[] | undefined;
  subnetIds?: readonly string[] | undefined;
  /** @default - any VPC of the account and region */
  vpcId?: string | undefined;
}

/** The addresses of all parts; unknown if those of one part are. */
export interface MergedSourceConfig {
  type: 'merged';
  sources: readonly PartSourceConfig[];
}

export interface StaticSourceConfig {
  type: 'static';
  addresses: readonly string[];
}

export type SinkConfig = TargetGroupSinkConfig | SecurityGroupSinkConfig;

/** The targets of an `ip` target group on one port; targets on other ports are left alone. */
export interface TargetGroupSinkConfig {
  type: 'target-group';
  arn: string;
  port: number;
}

/** Ingress rules of a security group, one for each address; rules of others are left alone. */
export interface SecurityGroupSinkConfig {
  type: 'security-group';
  id: string;
  port: number;
  /** @default 'tcp' */
  protocol?: 'tcp' | 'udp' | undefined;
}

export interface PolicyConfig {
  /** `sync` removes what the source does not name; `upsert-only` never removes anything. */
  mode: 'sync' | 'upsert-only';
  /**
   * How many of the desired targets must be healthy before one that still works is removed, in percent.
   *
   * @default 100
   */
  minHealthyPercent?: number | undefined;
  /**
   * At most so many removals in a pass.
   *
   * @default - no limit
   */
  maxRemovals?: number | undefined;
}
