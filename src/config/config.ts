// The comments of fields are also what the JSON Schema and the tables of docs/configuration.md say: npm run reference.

/** What albridge is to do. */
export interface Config {
  /** Where an editor finds the JSON Schema of the file; not read. */
  $schema?: string | undefined;
  /** What is to be kept in step: one source each, and what must hold its addresses. */
  bindings: readonly BindingConfig[];
}

/** One source, and what must hold its addresses: one sink, or several that share one read of the source. */
export interface BindingConfig {
  /**
   * Letters, digits, dots, hyphens and underscores; unique; names the binding in logs, metrics and errors, and marks the
   * rules and entries that are its own.
   */
  name: string;
  /** Where the addresses come from. */
  source: SourceConfig;
  /** What must hold them. */
  sink?: SinkConfig | undefined;
  /** Several sinks that share one read of the source. */
  sinks?: readonly NamedSinkConfig[] | undefined;
  /** What may be removed, and when. */
  policy: PolicyConfig;
}

/** One of several sinks: a binding of its own, called `<binding>.<name>`. */
export type NamedSinkConfig = SinkConfig & {
  /** Names the sink within its binding, in the same letters. */
  name: string;
  /**
   * Its own policy.
   *
   * @default - that of the binding
   */
  policy?: PolicyConfig | undefined;
};

/** From where, and as who, AWS is called. */
export interface ReachConfig {
  /**
   * Where AWS is called; not another region than that of the ARN.
   *
   * @default - that of the ARN, else that of the function
   */
  region?: string | undefined;
  /**
   * As who AWS is called.
   *
   * @default - the function's own role
   */
  role?: RoleConfig | undefined;
}

/** A role to assume for the calls. */
export interface RoleConfig {
  /** A role in this account or another. */
  arn: string;
  /** What the role's trust policy asks for; never logged. */
  externalId?: string | undefined;
  /**
   * Names the session in CloudTrail.
   *
   * @default 'albridge'
   */
  sessionName?: string | undefined;
}

/** Where addresses come from. */
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
  /** An application or network load balancer. */
  arn?: string | undefined;
  /** Its exact name, or its interfaces' description, `ELB app/<name>/<id>`. */
  description?: string | undefined;
  /**
   * For an application load balancer: leave out, and remove while they still serve, nodes that its DNS name no longer
   * gives. It rests on an order that is observed, and not documented by AWS.
   *
   * @default true
   */
  earlyDrain?: boolean | undefined;
  /**
   * For an application load balancer of more than eight nodes: servers that hold its DNS name, each as `10.0.0.2` or
   * `10.0.0.2:53`.
   *
   * @default - the servers of the name's zone
   */
  nameServers?: readonly string[] | undefined;
}

/** The addresses that a DNS name stands for. */
export interface DnsSourceConfig {
  type: 'dns';
  /** A DNS name, for instance of a database. */
  name: string;
  /**
   * `ipv4`: A records; `ipv6`: AAAA records; `both`: the name must have some of each.
   *
   * @default 'ipv4'
   */
  family?: 'ipv4' | 'ipv6' | 'both' | undefined;
  /**
   * Name servers to ask, each as `10.0.0.2` or `10.0.0.2:53`.
   *
   * @default - the system's
   */
  servers?: readonly string[] | undefined;
}

/** The addresses of the network interfaces of a VPC endpoint. */
export interface VpcEndpointSourceConfig extends ReachConfig {
  type: 'vpc-endpoint';
  /** `vpce-…`, an endpoint of a type that has network interfaces. */
  id: string;
}

/** The addresses of network interfaces that have all of the tags, one of the groups, and are in one of the subnets. */
export interface NetworkInterfacesSourceConfig extends ReachConfig {
  type: 'network-interfaces';
  /** Interfaces that have all of these tags: `{"role": "web"}`. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** Interfaces that are in one of these groups, besides. */
  securityGroupIds?: readonly string[] | undefined;
  /** Interfaces in one of these subnets, besides. */
  subnetIds?: readonly string[] | undefined;
  /**
   * Interfaces of this VPC.
   *
   * @default - any VPC of the account and region
   */
  vpcId?: string | undefined;
}

/** The addresses of all parts; unknown if those of one part are. */
export interface MergedSourceConfig {
  type: 'merged';
  /** Two or more of the other types. */
  sources: readonly PartSourceConfig[];
}

/** Addresses that do not move. */
export interface StaticSourceConfig {
  type: 'static';
  /** IPv4 or IPv6 addresses. */
  addresses: readonly string[];
}

/** What must hold the addresses. */
export type SinkConfig = TargetGroupSinkConfig | SecurityGroupSinkConfig | PrefixListSinkConfig;

/** The targets of an `ip` target group on one port. */
export interface TargetGroupSinkConfig extends ReachConfig {
  type: 'target-group';
  /** A target group of type `ip`. */
  arn: string;
  /**
   * The port that is managed; targets on other ports are left alone.
   *
   * @default - the group's own
   */
  port?: number | undefined;
  /**
   * What targets are registered with: `all`, the name of a zone, or `none` to leave it to AWS.
   *
   * @default - `all` outside the VPC's ranges, `none` inside
   */
  availabilityZone?: string | undefined;
}

/** Ingress rules of a security group, one for each address and port. */
export interface SecurityGroupSinkConfig extends ReachConfig {
  type: 'security-group';
  /** A security group; only rules that carry the binding's mark are touched. */
  id: string;
  /** The port that the rules open. */
  port?: number | undefined;
  /** Several ports. */
  ports?: readonly number[] | undefined;
  /**
   * The protocol of `port` and `ports`.
   *
   * @default 'tcp'
   */
  protocol?: 'tcp' | 'udp' | undefined;
  /** Several ranges of ports, each `{"protocol": "tcp", "fromPort": 7000, "toPort": 7999}`. */
  rules?: readonly PortRangeConfig[] | undefined;
}

/** A range of ports. */
export interface PortRangeConfig {
  /** The protocol of the range. */
  protocol: 'tcp' | 'udp';
  /** The first port. */
  fromPort: number;
  /** The last port, not below the first. */
  toPort: number;
}

/** Entries of a customer-managed prefix list, one for each address. */
export interface PrefixListSinkConfig extends ReachConfig {
  type: 'prefix-list';
  /** A customer-managed prefix list; only entries that carry the binding's mark are touched. */
  id: string;
}

/** What may be removed from a sink, and when. */
export interface PolicyConfig {
  /** `sync`: the sink holds exactly the source's addresses; `upsert-only`: nothing is ever removed. */
  mode: 'sync' | 'upsert-only';
  /**
   * How many of the named targets must be healthy before one that may still work is removed, in percent.
   *
   * @default 100
   */
  minHealthyPercent?: number | undefined;
  /**
   * The most removals in one pass.
   *
   * @default - no limit
   */
  maxRemovals?: number | undefined;
}
