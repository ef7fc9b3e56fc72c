import type { IpPermission } from '@aws-sdk/client-ec2';
import { readText, requireText } from '../../properties.ts';
import { ResourceFailure } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** A rule as templates write it, flat, as EC2's calls take it. */
export function ipPermission(rule: Properties): IpPermission {
  return {
    IpProtocol: requireText(rule, 'IpProtocol'),
    FromPort: readPort(rule, 'FromPort'),
    ToPort: readPort(rule, 'ToPort'),
    ...peerOf(rule),
  };
}

function peerOf(rule: Properties): Partial<IpPermission> {
  const CidrIp = readText(rule, 'CidrIp');
  const CidrIpv6 = readText(rule, 'CidrIpv6');
  const PrefixListId = readText(rule, 'SourcePrefixListId') ?? readText(rule, 'DestinationPrefixListId');
  const GroupId = readText(rule, 'SourceSecurityGroupId') ?? readText(rule, 'DestinationSecurityGroupId');
  const Description = readText(rule, 'Description');
  const described = Description === undefined ? {} : { Description };
  if (CidrIp !== undefined) return { IpRanges: [{ CidrIp, ...described }] };
  if (CidrIpv6 !== undefined) return { Ipv6Ranges: [{ CidrIpv6, ...described }] };
  if (PrefixListId !== undefined) return { PrefixListIds: [{ PrefixListId, ...described }] };
  if (GroupId !== undefined) return { UserIdGroupPairs: [{ GroupId, ...described }] };
  throw new ResourceFailure(
    'Exactly one of CidrIp, CidrIpv6, SourcePrefixListId, or SourceSecurityGroupId (ingress), or their Destination counterparts (egress), must be specified',
  );
}

function readPort(rule: Properties, name: string): number | undefined {
  const text = readText(rule, name);
  if (text === undefined) return undefined;
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port))
    throw new ResourceFailure(`Value of property ${name} must be of type Integer`);
  return port;
}
