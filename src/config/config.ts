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

export type SourceConfig = LoadBalancerSourceConfig | StaticSourceConfig;

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
