import {
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { AwsClients } from '../aws/clients.ts';
import { type Address, addressFamily } from '../engine/address.ts';
import { everyIpv4, everyIpv6 } from '../engine/network.ts';
import type { Contents, Entry, Sink, Written } from '../engine/sink.ts';
import { type ManagedRules, ownershipMark, readRules } from './security-group-rules.ts';
import { writeOneByOneOn } from './write-one-by-one.ts';

export interface SecurityGroupSinkOptions extends ManagedRules {
  clients: AwsClients;
}

/** Ingress rules of a security group: one for each address, for one protocol and port. */
export function securityGroupSink(options: SecurityGroupSinkOptions): Sink {
  return {
    async read(): Promise<Contents> {
      const entries = await readRules(options.clients.ec2, options);
      return { entries, networks: [everyIpv4, everyIpv6], healthChecked: false };
    },
    add: (addresses) => authorize(options, addresses),
    remove: (entries) => revoke(options, entries),
  };
}

function authorize(options: SecurityGroupSinkOptions, addresses: readonly Address[]): Promise<Written> {
  const { clients, groupId } = options;
  return writeOneByOneOn('duplicate', {
    action: 'ec2:AuthorizeSecurityGroupIngress',
    items: addresses,
    addressOf: (address) => address,
    send: (chunk) => {
      const input = { GroupId: groupId, IpPermissions: [permission(options, chunk)] };
      return clients.ec2.send(new AuthorizeSecurityGroupIngressCommand(input));
    },
  });
}

function permission({ protocol, port, owner }: ManagedRules, addresses: readonly Address[]): IpPermission {
  const Description = ownershipMark(owner);
  const ipv4 = addresses.filter((address) => addressFamily(address) === 'ipv4');
  const ipv6 = addresses.filter((address) => addressFamily(address) === 'ipv6');
  return {
    IpProtocol: protocol,
    FromPort: port,
    ToPort: port,
    ...(ipv4.length > 0 && { IpRanges: ipv4.map((address) => ({ CidrIp: `${address}/32`, Description })) }),
    ...(ipv6.length > 0 && {
      Ipv6Ranges: ipv6.map((address) => ({ CidrIpv6: `${address}/128`, Description })),
    }),
  };
}

function revoke({ clients, groupId }: SecurityGroupSinkOptions, entries: readonly Entry[]): Promise<Written> {
  return writeOneByOneOn('not-found', {
    action: 'ec2:RevokeSecurityGroupIngress',
    items: entries,
    addressOf: ({ address }) => address,
    send: (chunk) => {
      const input = { GroupId: groupId, SecurityGroupRuleIds: chunk.map(({ id }) => id) };
      return clients.ec2.send(new RevokeSecurityGroupIngressCommand(input));
    },
  });
}
