import {
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { AwsClients } from '../aws/clients.ts';
import { type Address, addressFamily } from '../engine/address.ts';
import { everyIpv4, everyIpv6 } from '../engine/network.ts';
import type { Contents, Entry, Sink, Written } from '../engine/sink.ts';
import { hostBlock } from './host-block.ts';
import { ownershipMark } from './ownership-mark.ts';
import {
  type AddressRules,
  entriesOf,
  type ManagedRules,
  type PortRange,
  portRangeKey,
  readRules,
} from './security-group-rules.ts';
import { writeOneByOneOn } from './write-one-by-one.ts';

export interface SecurityGroupSinkOptions extends ManagedRules {
  clients: AwsClients;
}

/** Ingress rules of a security group: one for each address and range of ports. */
export function securityGroupSink(options: SecurityGroupSinkOptions): Sink {
  let known: ReadonlyMap<Address, AddressRules> = new Map();
  return {
    async read(): Promise<Contents> {
      known = await readRules(options.clients.ec2, options);
      const entries = [...known].flatMap(([address, rules]) => entriesOf(address, rules, options));
      return { entries, networks: [everyIpv4, everyIpv6], healthChecked: false };
    },
    add(addresses) {
      return authorize(
        options,
        addresses.flatMap((address) => missingRules(address, options.ports, known)),
      );
    },
    remove: (entries) => revoke(options, entries),
  };
}

interface NewRule {
  address: Address;
  range: PortRange;
}

/** What is to be made for an address: a rule that is there already, anybody's, would be a duplicate. */
function missingRules(
  address: Address,
  ports: readonly PortRange[],
  known: ReadonlyMap<Address, AddressRules>,
): NewRule[] {
  const open = known.get(address)?.open;
  return ports.filter((range) => !open?.has(portRangeKey(range))).map((range) => ({ address, range }));
}

function authorize(options: SecurityGroupSinkOptions, rules: readonly NewRule[]): Promise<Written> {
  const { clients, groupId, ports, owner } = options;
  return writeOneByOneOn('duplicate', {
    action: 'ec2:AuthorizeSecurityGroupIngress',
    items: rules,
    addressOf: ({ address }) => address,
    send: (chunk) => {
      const IpPermissions = ports.flatMap((range) => permission(range, chunk, owner));
      return clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
    },
  });
}

/** One range of ports, opened to those of the rules' addresses that are to have it. */
function permission(range: PortRange, rules: readonly NewRule[], owner: string): IpPermission[] {
  const Description = ownershipMark(owner);
  const addresses = rules.filter((rule) => rule.range === range).map(({ address }) => address);
  if (addresses.length === 0) return [];
  const ipv4 = addresses.filter((address) => addressFamily(address) === 'ipv4').map(hostBlock);
  const ipv6 = addresses.filter((address) => addressFamily(address) === 'ipv6').map(hostBlock);
  const permission = {
    IpProtocol: range.protocol,
    FromPort: range.fromPort,
    ToPort: range.toPort,
    ...(ipv4.length > 0 && { IpRanges: ipv4.map((CidrIp) => ({ CidrIp, Description })) }),
    ...(ipv6.length > 0 && { Ipv6Ranges: ipv6.map((CidrIpv6) => ({ CidrIpv6, Description })) }),
  };
  return [permission];
}

function revoke({ clients, groupId }: SecurityGroupSinkOptions, entries: readonly Entry[]): Promise<Written> {
  return writeOneByOneOn('not-found', {
    action: 'ec2:RevokeSecurityGroupIngress',
    items: entries.flatMap(({ address, id }) => id.split(' ').map((ruleId) => ({ address, ruleId }))),
    addressOf: ({ address }) => address,
    send: (chunk) => {
      const input = { GroupId: groupId, SecurityGroupRuleIds: chunk.map(({ ruleId }) => ruleId) };
      return clients.ec2.send(new RevokeSecurityGroupIngressCommand(input));
    },
  });
}
