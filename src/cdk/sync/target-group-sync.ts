import { Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { NamedSinkConfig } from '../../config/config.ts';
import { AddressSource } from './address-source.ts';
import { AddressSync, type AddressSyncOptions, type SyncSinks, writesTo } from './address-sync.ts';
import { type ReachOptions, reachConfig } from './reach-options.ts';
import { readActions } from './sync-permissions.ts';

/** Settings of what keeps a target group in step. */
export interface TargetGroupSyncOptions extends AddressSyncOptions {}

/** Properties of `TargetGroupSync`: `source` or `loadBalancer`, and `targetGroup` or `targetGroups`. */
export interface TargetGroupSyncProps extends TargetGroupSyncOptions {
  /**
   * Where the addresses come from.
   *
   * @default - `loadBalancer`
   */
  readonly source?: AddressSource;

  /**
   * The load balancer whose private addresses the target group must hold.
   *
   * @default - `source`
   */
  readonly loadBalancer?: elbv2.ILoadBalancerV2;

  /**
   * An `ip` target group without `Targets` of its own.
   *
   * @default - `targetGroups`
   */
  readonly targetGroup?: elbv2.ITargetGroup;

  /**
   * Several, which share one read of the source.
   *
   * @default - `targetGroup`
   */
  readonly targetGroups?: elbv2.ITargetGroup[];

  /** The port on which the addresses are registered. */
  readonly port: number;

  /**
   * What targets are registered with: `all`, the name of a zone, or `none` to leave it to AWS.
   *
   * @default - `all` outside the VPC's ranges, `none` inside
   */
  readonly availabilityZone?: string;

  /**
   * From where, and as who, the target groups are written.
   *
   * @default - the region of the ARN, and the function's own role
   */
  readonly targetGroupReach?: ReachOptions;
}

/** Keeps target groups equal to the addresses of a source, once a minute unless told otherwise. */
export class TargetGroupSync extends AddressSync {
  readonly hasHealth = true;

  constructor(scope: Construct, id: string, props: TargetGroupSyncProps) {
    super(scope, id, { options: props, sinks: sinksOf(props), source: sourceOf(props) });
    this.node.addValidation({ validate: () => groupsOf(props).flatMap(problems) });
  }
}

function sourceOf({ source, loadBalancer }: TargetGroupSyncProps): AddressSource {
  if (source && !loadBalancer) return source;
  if (loadBalancer && !source) return AddressSource.loadBalancer(loadBalancer);
  throw new Error(
    `addresses come from one of source and loadBalancer, got ${source ? 'both: join them by AddressSource.merged' : 'none'}`,
  );
}

function groupsOf({ targetGroup, targetGroups = [] }: TargetGroupSyncProps): elbv2.ITargetGroup[] {
  return [...(targetGroup ? [targetGroup] : []), ...targetGroups];
}

function sinksOf(props: TargetGroupSyncProps): SyncSinks {
  const { port, availabilityZone, targetGroupReach = {} } = props;
  const reach = reachConfig(targetGroupReach);
  const { role } = targetGroupReach;
  const groups = groupsOf(props);
  const names = distinctNames(groups);
  return {
    sinks: groups.map(
      ({ targetGroupArn: arn }, index): NamedSinkConfig => ({
        name: names[index] ?? '',
        type: 'target-group',
        arn,
        port,
        availabilityZone,
        ...reach,
      }),
    ),
    reads: role ? [] : readActions['target-group'],
    roles: role ? [role] : [],
    writes: groups.flatMap(({ targetGroupArn }) => writesTo(targetGroupArn, 'target-group', role)),
  };
}

/** By the constructs' ids, which stay as they are when others are added. */
function distinctNames(groups: elbv2.ITargetGroup[]): string[] {
  const names: string[] = [];
  for (const { node } of groups) {
    const name = node.id.replaceAll(/[^A-Za-z0-9._-]/g, '-');
    const taken = names.filter((other) => other === name || other.startsWith(`${name}-`)).length;
    names.push(taken === 0 ? name : `${name}-${taken + 1}`);
  }
  return names;
}

/** What can be known at synthesis of a group made in the app; of an imported one, nothing. */
function problems(targetGroup: elbv2.ITargetGroup): string[] {
  const resource = targetGroup.node.tryFindChild('Resource');
  if (!(resource instanceof elbv2.CfnTargetGroup)) return [];
  const targetType = resource.stack.resolve(resource.targetType) ?? 'instance';
  const targets = resource.stack.resolve(resource.targets) ?? [];
  const { path } = targetGroup.node;
  return [
    ...(Token.isUnresolved(targetType) || typeof targetType !== 'string' || targetType === 'ip'
      ? []
      : [`target group '${path}' must be of type ip to hold addresses, got ${targetType}: set targetType`]),
    ...(Array.isArray(targets) && targets.length > 0
      ? [
          `target group '${path}' must have no targets of its own, got ${targets.length}, which would be deregistered: name them in AddressSource.static, merged with the others`,
        ]
      : []),
  ];
}
