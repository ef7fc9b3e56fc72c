import type { CreateNetworkAclEntryRequest, EC2 } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { isBlock } from '../../world/network/cidr.ts';
import { lastRuleNumber, type NetworkAcl, type NetworkAclEntry } from '../../world/network/network-acl.ts';
import { find } from './lookup.ts';

/** Entries of one direction, without the last, that an ACL may have. */
const quota = 20;

export const networkAclEntries: Operations<EC2> = {
  CreateNetworkAclEntry(input, { cell: { network } }) {
    const acl = find(network.networkAcls, input.NetworkAclId, 'InvalidNetworkAclID', 'networkAcl ID');
    const wanted = readEntry(input);
    if (acl.entries.some((entry) => isSame(entry, wanted))) {
      throw new AwsError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${wanted.ruleNumber} already exists.`,
      );
    }
    if (acl.entries.filter(({ isEgress }) => isEgress === wanted.isEgress).length > quota) {
      throw new AwsError(
        'NetworkAclEntryLimitExceeded',
        'The maximum number of network acl entries has been reached.',
      );
    }
    acl.entries.push(wanted);
    return {};
  },
  ReplaceNetworkAclEntry(input, { cell: { network } }) {
    const acl = find(network.networkAcls, input.NetworkAclId, 'InvalidNetworkAclID', 'networkAcl ID');
    const wanted = readEntry(input);
    acl.entries[indexOf(acl, wanted)] = wanted;
    return {};
  },
  DeleteNetworkAclEntry({ NetworkAclId, RuleNumber = 0, Egress = false }, { cell: { network } }) {
    const acl = find(network.networkAcls, NetworkAclId, 'InvalidNetworkAclID', 'networkAcl ID');
    refuseNumber(RuleNumber);
    acl.entries.splice(indexOf(acl, { ruleNumber: RuleNumber, isEgress: Egress }), 1);
    return {};
  },
};

type Identity = Pick<NetworkAclEntry, 'ruleNumber' | 'isEgress'>;

function isSame(one: Identity, other: Identity): boolean {
  return one.ruleNumber === other.ruleNumber && one.isEgress === other.isEgress;
}

function indexOf(acl: NetworkAcl, wanted: Identity): number {
  const index = acl.entries.findIndex((entry) => isSame(entry, wanted));
  if (index >= 0) return index;
  throw new AwsError(
    'InvalidNetworkAclEntry.NotFound',
    `The network acl entry identified by rule number ${wanted.ruleNumber} does not exist in ${acl.id}`,
  );
}

function readEntry(input: CreateNetworkAclEntryRequest): NetworkAclEntry {
  const { RuleNumber: ruleNumber = 0, CidrBlock, Ipv6CidrBlock, PortRange, IcmpTypeCode } = input;
  refuseNumber(ruleNumber);
  const protocol = protocolNumber(input.Protocol ?? '-1');
  const hasPorts = protocol === '6' || protocol === '17';
  if (hasPorts && (PortRange?.From === undefined || PortRange.To === undefined)) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter PortRange');
  }
  return {
    isEgress: input.Egress ?? false,
    ruleNumber,
    protocol,
    action: input.RuleAction ?? 'allow',
    cidr: checkedCidr(CidrBlock, Ipv6CidrBlock),
    ports: hasPorts ? { from: PortRange?.From ?? 0, to: PortRange?.To ?? 0 } : undefined,
    icmp:
      protocol === '1' || protocol === '58'
        ? { type: IcmpTypeCode?.Type ?? -1, code: IcmpTypeCode?.Code ?? -1 }
        : undefined,
  };
}

function refuseNumber(ruleNumber: number): void {
  if (ruleNumber >= 1 && ruleNumber < lastRuleNumber) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${ruleNumber}) for parameter ruleNumber is invalid. The rule number must be between 1 and 32766.`,
  );
}

const protocolNames: Readonly<Record<string, string>> = {
  all: '-1',
  icmp: '1',
  tcp: '6',
  udp: '17',
  icmpv6: '58',
};

function protocolNumber(protocol: string): string {
  return protocolNames[protocol.toLowerCase()] ?? protocol;
}

function checkedCidr(ipv4: string | undefined, ipv6: string | undefined): string {
  if (ipv4 === undefined && ipv6 === undefined) {
    throw new AwsError('MissingParameter', 'Either cidrBlock or ipv6CidrBlock should be provided.');
  }
  const [cidr = '', family] = ipv4 === undefined ? [ipv6, 'ipv6' as const] : [ipv4, 'ipv4' as const];
  if (isBlock(cidr, family)) return cidr;
  throw new AwsError('InvalidParameterValue', `Value (${cidr}) for parameter cidrBlock is invalid.`);
}
