import type { IpPermission, IpRange, Ipv6Range, PrefixListId, UserIdGroupPair } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import { isBlock } from '../../world/network/cidr.ts';
import type { Peer, SecurityGroupRule } from '../../world/network/security-group.ts';

/** A rule as a call asks for it: without an id of its own yet. */
export type WantedRule = Omit<SecurityGroupRule, 'id' | 'tags'>;

/** The short form of calls with one rule; it counts where no `IpPermissions` are given. */
export interface ShortPermission {
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  CidrIp?: string | undefined;
  SourceSecurityGroupName?: string | undefined;
}

/**
 * The rules that a call's permissions stand for, one for each peer.
 *
 * @throws AwsError `InvalidParameterValue`, `InvalidPermission.Malformed`
 */
export function readPermissions(
  permissions: readonly IpPermission[] | undefined,
  short: ShortPermission,
  isEgress: boolean,
): WantedRule[] {
  const all = permissions ?? [
    { ...short, IpRanges: short.CidrIp ? [{ CidrIp: short.CidrIp }] : [] } as IpPermission,
  ];
  const rules = all.flatMap((permission) => toRules(permission, isEgress));
  if (rules.length === 0) {
    throw new AwsError('InvalidParameterValue', 'Either IpPermissions or a rule with a source must be given');
  }
  return rules;
}

function toRules(permission: IpPermission, isEgress: boolean): WantedRule[] {
  const protocol = protocolName(permission.IpProtocol);
  const all = protocol === '-1';
  const fromPort = all ? -1 : (permission.FromPort ?? -1);
  const toPort = all ? -1 : (permission.ToPort ?? -1);
  if (['tcp', 'udp'].includes(protocol) && !(fromPort >= 0 && fromPort <= toPort && toPort <= 65535)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value 'portRange' for ${protocol}: ${fromPort}-${toPort}.`,
    );
  }
  return peersOf(permission).map(([peer, description]) => ({
    isEgress,
    protocol,
    fromPort,
    toPort,
    peer,
    description,
  }));
}

const protocolNumbers: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

function protocolName(protocol: string | undefined): string {
  if (protocol === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol');
  return protocolNumbers[protocol] ?? protocol.toLowerCase();
}

function peersOf(permission: IpPermission): [Peer, string | undefined][] {
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = permission;
  return [
    ...IpRanges.map(
      ({ CidrIp, Description }) => [{ kind: 'ipv4', cidr: checkedCidr(CidrIp) }, Description] as const,
    ),
    ...Ipv6Ranges.map(
      ({ CidrIpv6, Description }) =>
        [{ kind: 'ipv6', cidr: checkedCidr(CidrIpv6, 'ipv6') }, Description] as const,
    ),
    ...UserIdGroupPairs.map(
      ({ GroupId = '', Description }) => [{ kind: 'group', groupId: GroupId }, Description] as const,
    ),
    ...PrefixListIds.map(
      ({ PrefixListId = '', Description }) =>
        [{ kind: 'prefix-list', prefixListId: PrefixListId }, Description] as const,
    ),
  ].map(([peer, description]) => [peer, description]);
}

function checkedCidr(cidr = '', family: 'ipv4' | 'ipv6' = 'ipv4'): string {
  if (!isBlock(cidr, family)) throw new AwsError('InvalidParameterValue', `CIDR block ${cidr} is malformed`);
  return cidr;
}

/** The rules of one direction, grouped as `DescribeSecurityGroups` shows them: by protocol and ports. */
export function writePermissions(
  rules: Iterable<SecurityGroupRule>,
  isEgress: boolean,
  account: string,
): IpPermission[] {
  const permissions = new Map<string, ListedPermission>();
  for (const rule of rules) {
    if (rule.isEgress !== isEgress) continue;
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    const permission = permissions.get(key) ?? emptyPermission(rule);
    permissions.set(key, permission);
    const { peer, description: Description } = rule;
    if (peer.kind === 'ipv4') permission.IpRanges.push({ CidrIp: peer.cidr, Description });
    if (peer.kind === 'ipv6') permission.Ipv6Ranges.push({ CidrIpv6: peer.cidr, Description });
    if (peer.kind === 'group')
      permission.UserIdGroupPairs.push({ GroupId: peer.groupId, UserId: account, Description });
    if (peer.kind === 'prefix-list')
      permission.PrefixListIds.push({ PrefixListId: peer.prefixListId, Description });
  }
  return [...permissions.values()];
}

interface ListedPermission extends IpPermission {
  IpRanges: IpRange[];
  Ipv6Ranges: Ipv6Range[];
  UserIdGroupPairs: UserIdGroupPair[];
  PrefixListIds: PrefixListId[];
}

function emptyPermission(rule: SecurityGroupRule): ListedPermission {
  const ports = rule.protocol === '-1' ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort };
  const peers = { IpRanges: [], Ipv6Ranges: [], UserIdGroupPairs: [], PrefixListIds: [] };
  return { IpProtocol: rule.protocol, ...ports, ...peers };
}
