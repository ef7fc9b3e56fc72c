import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { NamedSinkConfig } from '../../config/config.ts';
import type { AddressSource } from './address-source.ts';
import { AddressSync, type AddressSyncOptions, type SyncSinks, writesTo } from './address-sync.ts';
import { type ReachOptions, reachConfig } from './reach-options.ts';
import { readActions } from './sync-permissions.ts';

/** Properties of `AllowListSync`: a `securityGroup` with `port` or `ports`, or a `prefixList`. */
export interface AllowListSyncProps extends AddressSyncOptions {
  /** Where the addresses come from. */
  readonly source: AddressSource;

  /**
   * The security group whose ingress admits the addresses. Only rules that carry the binding's mark are touched.
   *
   * @default - `prefixList`
   */
  readonly securityGroup?: ec2.ISecurityGroup;

  /**
   * The customer-managed prefix list that holds the addresses. Only entries that carry the binding's mark are touched.
   *
   * @default - `securityGroup`
   */
  readonly prefixList?: ec2.IPrefixList;

  /**
   * The port that the rules of the security group open.
   *
   * @default - `ports`
   */
  readonly port?: number;

  /**
   * Several ports.
   *
   * @default - `port`
   */
  readonly ports?: number[];

  /**
   * The protocol of the ports.
   *
   * @default 'tcp'
   */
  readonly protocol?: 'tcp' | 'udp';

  /**
   * From where, and as who, the list is written.
   *
   * @default - the region of the stack, and the function's own role
   */
  readonly listReach?: ReachOptions;
}

/** Keeps the ingress of a security group, or a prefix list, equal to the addresses of a source. */
export class AllowListSync extends AddressSync {
  readonly hasHealth = false;

  constructor(scope: Construct, id: string, props: AllowListSyncProps) {
    super(scope, id, { options: props, sinks: sinksOf(scope, props), source: props.source });
  }
}

function sinksOf(scope: Construct, props: AllowListSyncProps): SyncSinks {
  const { securityGroup, prefixList, listReach = {} } = props;
  if (!securityGroup === !prefixList) {
    throw new Error(
      `an allow-list is one of securityGroup and prefixList, got ${securityGroup ? 'both: make two' : 'none'}`,
    );
  }
  return {
    sinks: [securityGroup ? securityGroupSink(securityGroup, props) : prefixListSink(prefixList, props)],
    roles: listReach.role ? [listReach.role] : [],
    ...(listReach.role ? { reads: [], writes: [] } : permissions(Stack.of(scope), props)),
  };
}

function securityGroupSink(
  { securityGroupId: id }: ec2.ISecurityGroup,
  { port, ports, protocol, listReach = {} }: AllowListSyncProps,
): NamedSinkConfig {
  return { name: 'list', type: 'security-group', id, port, ports, protocol, ...reachConfig(listReach) };
}

function prefixListSink(
  prefixList: ec2.IPrefixList | undefined,
  { port, ports, protocol, listReach = {} }: AllowListSyncProps,
): NamedSinkConfig {
  if (port !== undefined || ports !== undefined || protocol !== undefined) {
    throw new Error(
      'port, ports and protocol are those of a security group, got a prefixList: set them in the rules that refer to it',
    );
  }
  const id = prefixList?.prefixListId ?? '';
  return { name: 'list', type: 'prefix-list', id, ...reachConfig(listReach) };
}

function permissions(
  stack: Stack,
  { securityGroup, prefixList, listReach = {} }: AllowListSyncProps,
): Pick<SyncSinks, 'reads' | 'writes'> {
  const arnOf = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ec2', resource, resourceName, region: listReach.region });
  if (securityGroup) {
    const arn = arnOf('security-group', securityGroup.securityGroupId);
    return { reads: readActions['security-group'], writes: writesTo(arn, 'security-group', undefined) };
  }
  const arn = arnOf('prefix-list', prefixList?.prefixListId ?? '');
  return { reads: readActions['prefix-list'], writes: writesTo(arn, 'prefix-list', undefined) };
}
