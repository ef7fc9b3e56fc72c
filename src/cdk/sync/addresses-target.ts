import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { AddressSource, type DnsSourceOptions, type LoadBalancerSourceOptions } from './address-source.ts';
import type { AddressSyncOptions } from './address-sync.ts';
import type { ReachOptions } from './reach-options.ts';
import { TargetGroupSync } from './target-group-sync.ts';

/** Options of a target whose addresses move. */
export interface AddressesTargetOptions extends AddressSyncOptions {
  /**
   * The port on which the addresses are registered.
   *
   * @default - the target group's; an imported target group does not tell it
   */
  readonly port?: number;

  /**
   * What targets are registered with: `all`, the name of a zone, or `none` to leave it to AWS.
   *
   * @default - `all` outside the VPC's ranges, `none` inside
   */
  readonly availabilityZone?: string;
}

/** A target of any NLB or ALB listener whose addresses come from a source, and move: the group follows them. */
export class AddressesTarget
  implements elbv2.INetworkLoadBalancerTarget, elbv2.IApplicationLoadBalancerTarget
{
  readonly #source: AddressSource;
  readonly #options: AddressesTargetOptions;
  readonly #syncs: TargetGroupSync[] = [];

  constructor(source: AddressSource, options: AddressesTargetOptions = {}) {
    this.#source = source;
    this.#options = options;
  }

  /** What keeps the target in step, once it is attached: its metrics and alarms; one for each target group. */
  get syncs(): TargetGroupSync[] {
    return [...this.#syncs];
  }

  /** Called by `addTargets` of an NLB's listener, and by `addTarget` of its target groups. */
  attachToNetworkTargetGroup(targetGroup: elbv2.INetworkTargetGroup): elbv2.LoadBalancerTargetProps {
    return this.#attach(targetGroup);
  }

  /** Called by `addTargets` of an ALB's listener, and by `addTarget` of its target groups. */
  attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    return this.#attach(targetGroup);
  }

  #attach(targetGroup: elbv2.ITargetGroup): elbv2.LoadBalancerTargetProps {
    const scope = targetGroup as unknown as Construct;
    if (scope.node.tryFindChild(syncId)) {
      throw new Error(
        `target group '${scope.node.path}' follows one source, got another: join them by new AddressesTarget(AddressSource.merged(…))`,
      );
    }
    const port = this.#options.port ?? portOf(targetGroup);
    const sync = new TargetGroupSync(scope, syncId, {
      ...this.#options,
      port,
      source: this.#source,
      targetGroup,
    });
    this.#syncs.push(sync);
    // No targetJson: what the template names, CloudFormation would register, and never let go.
    return { targetType: elbv2.TargetType.IP };
  }
}

const syncId = 'AddressSync';

function portOf(targetGroup: elbv2.ITargetGroup): number {
  const resource = targetGroup.node.tryFindChild('Resource');
  if (resource instanceof elbv2.CfnTargetGroup && resource.port !== undefined) return resource.port;
  throw new Error(
    `target group '${targetGroup.node.path}' does not tell its port: give the target one, { port: 5432 }`,
  );
}

/** Options of `DnsTarget`. */
export interface DnsTargetOptions extends AddressesTargetOptions, DnsSourceOptions {}

/** A target that is a DNS name: of a database, of a service elsewhere. */
export class DnsTarget extends AddressesTarget {
  constructor(name: string, { family, servers, ...options }: DnsTargetOptions = {}) {
    super(AddressSource.dns(name, { family, servers }), options);
  }
}

/** Options of `LoadBalancerAddressesTarget`. */
export interface LoadBalancerAddressesTargetOptions
  extends AddressesTargetOptions,
    LoadBalancerSourceOptions {}

/** A target that is another load balancer, by the addresses of its nodes. */
export class LoadBalancerAddressesTarget extends AddressesTarget {
  constructor(loadBalancer: elbv2.ILoadBalancerV2, options: LoadBalancerAddressesTargetOptions = {}) {
    const { earlyDrain, nameServers, region, role, externalId, sessionName, ...others } = options;
    const reach = { region, role, externalId, sessionName };
    super(AddressSource.loadBalancer(loadBalancer, { earlyDrain, nameServers, ...reach }), others);
  }
}

/** Options of `VpcEndpointTarget`. */
export interface VpcEndpointTargetOptions extends AddressesTargetOptions, ReachOptions {}

/** A target that is a VPC endpoint, by the addresses of its network interfaces. */
export class VpcEndpointTarget extends AddressesTarget {
  constructor(endpoint: ec2.IVpcEndpoint, options: VpcEndpointTargetOptions = {}) {
    const { region, role, externalId, sessionName, ...others } = options;
    super(AddressSource.vpcEndpoint(endpoint, { region, role, externalId, sessionName }), others);
  }
}
