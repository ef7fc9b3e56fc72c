import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { PartSourceConfig, SourceConfig } from '../../config/config.ts';
import { type ReachOptions, reachConfig } from './reach-options.ts';
import { readActions } from './sync-permissions.ts';

/** Options of `AddressSource.loadBalancer`. */
export interface LoadBalancerSourceOptions extends ReachOptions {
  /**
   * For an ALB: leave out, and remove while they still serve, nodes that its DNS name no longer gives.
   *
   * @default true
   */
  readonly earlyDrain?: boolean;

  /**
   * For an ALB of more than eight nodes: servers that hold its DNS name, each as `10.0.0.2` or `10.0.0.2:53`.
   *
   * @default - the servers of the name's zone
   */
  readonly nameServers?: string[];
}

/** Options of `AddressSource.dns`. */
export interface DnsSourceOptions {
  /**
   * `ipv4`: A records; `ipv6`: AAAA records; `both`: the name must have some of each.
   *
   * @default 'ipv4'
   */
  readonly family?: 'ipv4' | 'ipv6' | 'both';

  /**
   * Name servers to ask, each as `10.0.0.2` or `10.0.0.2:53`.
   *
   * @default - those of the function: public names outside a VPC, private ones as well inside (`vpc`)
   */
  readonly servers?: string[];
}

/** Properties of `AddressSource.networkInterfaces`: one of `tags`, `securityGroups` and `subnets` at least. */
export interface NetworkInterfacesSourceProps extends ReachOptions {
  /**
   * Interfaces that have all of these tags.
   *
   * @default - whatever their tags
   */
  readonly tags?: Record<string, string>;

  /**
   * Interfaces that are in one of these groups, besides.
   *
   * @default - whatever their groups
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Interfaces in one of these subnets, besides.
   *
   * @default - whatever their subnet
   */
  readonly subnets?: ec2.ISubnet[];

  /**
   * Interfaces of this VPC.
   *
   * @default - any VPC of the account and region
   */
  readonly vpc?: ec2.IVpc;
}

interface Part {
  readonly config: PartSourceConfig;
  /** Actions that have no resource-level permissions. */
  readonly reads: readonly string[];
  readonly role?: iam.IRole;
}

/** Where addresses come from. */
export class AddressSource {
  /** The addresses of an application or network load balancer, imported ones included. */
  static loadBalancer(
    loadBalancer: elbv2.ILoadBalancerV2,
    { earlyDrain, nameServers, ...reach }: LoadBalancerSourceOptions = {},
  ): AddressSource {
    const arn = loadBalancer.loadBalancerRef.loadBalancerArn;
    const config = { type: 'load-balancer', arn, earlyDrain, nameServers, ...reachConfig(reach) } as const;
    return new AddressSource([{ config, reads: readActions['load-balancer'], role: reach.role }]);
  }

  /** The addresses that a DNS name stands for. */
  static dns(name: string, { family, servers }: DnsSourceOptions = {}): AddressSource {
    return new AddressSource([{ config: { type: 'dns', name, family, servers }, reads: [] }]);
  }

  /** The addresses of a VPC endpoint's network interfaces. */
  static vpcEndpoint(endpoint: ec2.IVpcEndpoint, reach: ReachOptions = {}): AddressSource {
    const config = { type: 'vpc-endpoint', id: endpoint.vpcEndpointId, ...reachConfig(reach) } as const;
    return new AddressSource([{ config, reads: readActions['vpc-endpoint'], role: reach.role }]);
  }

  /** The addresses of network interfaces by their tags, groups or subnets: of instances, tasks, functions. */
  static networkInterfaces(props: NetworkInterfacesSourceProps): AddressSource {
    const { tags, securityGroups, subnets, vpc, ...reach } = props;
    const config = {
      type: 'network-interfaces',
      tags,
      securityGroupIds: securityGroups?.map(({ securityGroupId }) => securityGroupId),
      subnetIds: subnets?.map(({ subnetId }) => subnetId),
      vpcId: vpc?.vpcId,
      ...reachConfig(reach),
    } as const;
    return new AddressSource([{ config, reads: readActions['network-interfaces'], role: reach.role }]);
  }

  /** Addresses that do not move. */
  static static(addresses: string[]): AddressSource {
    return new AddressSource([{ config: { type: 'static', addresses }, reads: [] }]);
  }

  /** The addresses of all of the sources; unknown as long as those of one are. */
  static merged(...sources: AddressSource[]): AddressSource {
    if (sources.length === 0) throw new Error('a merged source needs at least one source, got none');
    return new AddressSource(sources.flatMap((source) => source.#parts));
  }

  readonly #parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** The source in the words of the configuration. */
  get config(): SourceConfig {
    const sources = this.#parts.map(({ config }) => config);
    const [only, ...others] = sources;
    return only && others.length === 0 ? only : { type: 'merged', sources };
  }

  /** What the function's own role must be allowed on `*`, where it reads the source itself. */
  get reads(): string[] {
    return this.#parts.flatMap(({ role, reads }) => (role ? [] : [...reads]));
  }

  /** The roles that the function must be allowed to assume. */
  get roles(): iam.IRole[] {
    return this.#parts.flatMap(({ role }) => role ?? []);
  }
}
