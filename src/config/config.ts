/** What albridge is to do; as JSON in `ALBRIDGE_CONFIG`. */
export interface Config {
  bindings: readonly BindingConfig[];
}

/** One source, and what must hold its addresses: one sink, or several that share one read of the source. */
export interface BindingConfig {
  /** Unique; names the binding in logs, metrics and errors, and marks the rules and entries it owns. */
  name: string;
  source: SourceConfig;
  /** This or `sinks`. */
  sink?: SinkConfig | undefined;
  /** This or `sink`. */
  sinks?: readonly NamedSinkConfig[] | undefined;
  policy: PolicyConfig;
}

/** One of several sinks: a binding of its own, called `<binding>.<name>`. */
export type NamedSinkConfig = SinkConfig & {
  name: string;
  /**
   * @default - that of the binding
   */
  policy?: PolicyConfig | undefined;
};

/** From where, and as who, AWS is called. */
export interface ReachConfig {
  /**
   * @default - that of the ARN, else that of the function
   */
  region?: string | undefined;
  /**
   * @default - the function's own role
   */
  role?: RoleConfig | undefined;
}

/** A role to assume for the calls. */
export interface RoleConfig {
  arn: string;
  /** What the role's trust policy asks for. */
  externalId?: string | undefined;
  /** @default 'albridge' */
  sessionName?: string | undefined;
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
export interface LoadBalancerSourceConfig extends ReachConfig {
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
export interface VpcEndpointSourceConfig extends ReachConfig {
  type: 'vpc-endpoint';
  /** `vpce-…` */
  id: string;
}

/** The addresses of network interfaces that have all of the tags, one of the groups, and are in one of the subnets. */
export interface NetworkInterfacesSourceConfig extends ReachConfig {
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

export type SinkConfig = TargetGroupSinkConfig | SecurityGroupSinkConfig | PrefixListSinkConfig;

/** The targets of an `ip` target group on one port; targets on other ports are left alone. */
export interface TargetGroupSinkConfig extends ReachConfig {
  type: 'target-group';
  arn: string;
  port: number;
  /**
   * What targets are registered with: `all`, the name of a zone, or `none` to leave it to AWS.
   *
   * @default - `all` outside the VPC's ranges, `none` inside
   */
  availabilityZone?: string | undefined;
}

/**
 * Ingress rules of a security group, one for each address and port; rules of others are left alone. What is opened is
 * given by one of `port`, `ports` and `rules`.
 */
export interface SecurityGroupSinkConfig extends ReachConfig {
  type: 'security-group';
  id: string;
  port?: number | undefined;
  ports?: readonly number[] | undefined;
  /**
   * Of `port` and `ports`.
   *
   * @default 'tcp'
   */
  protocol?: 'tcp' | 'udp' | undefined;
  rules?: readonly PortRangeConfig[] | undefined;
}

export interface PortRangeConfig {
  protocol: 'tcp' | 'udp';
  fromPort: number;
  toPort: number;
}

/** Entries of a customer-managed prefix list, one for each address; entries of others are left alone. */
export interface PrefixListSinkConfig extends ReachConfig {
  type: 'prefix-list';
  id: string;
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
