import {
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { collect } from '../aws/pagination.ts';
import type { Address } from '../engine/address.ts';
import type { Entry } from '../engine/sink.ts';
import { addressOfHostBlock } from './host-block.ts';
import { ownershipMark } from './ownership-mark.ts';
import { unreadable } from './unreadable.ts';

/** The most that a call returns. */
const pageSize = 1_000;

/** What a rule opens to an address. */
export interface PortRange {
  protocol: 'tcp' | 'udp';
  fromPort: number;
  toPort: number;
}

/** Ingress rules of one security group for single addresses: one for each address and range of ports. */
export interface ManagedRules {
  groupId: string;
  ports: readonly PortRange[];
  /** Name of the binding: rules are its own by their description (FM13, FM22). */
  owner: string;
}

/** The rules of one address. */
export interface AddressRules {
  /** Ids of the binding's own rules for what it is to open. */
  own: string[];
  /** Ids of its own rules for what it is to open no longer. */
  obsolete: string[];
  /** What is open, by anybody's rule; see `portRangeKey`. */
  open: Set<string>;
}

export function portRangeKey({ protocol, fromPort, toPort }: PortRange): string {
  return `${protocol} ${fromPort}-${toPort}`;
}

/** What the group's rules for single addresses mean for the binding. */
export async function readRules(ec2: EC2Client, managed: ManagedRules): Promise<Map<Address, AddressRules>> {
  const filters = [{ Name: 'group-id', Values: [managed.groupId] }];
  try {
    const pages = paginateDescribeSecurityGroupRules({ client: ec2, pageSize }, { Filters: filters });
    return byAddress(await collect(pages, (page) => page.SecurityGroupRules), managed);
  } catch (error) {
    throw unreadable(`ec2:DescribeSecurityGroupRules of '${managed.groupId}'`, error);
  }
}

function byAddress(
  rules: readonly SecurityGroupRule[],
  { ports, owner }: ManagedRules,
): Map<Address, AddressRules> {
  const keys = new Set(ports.map(portRangeKey));
  const found = new Map<Address, AddressRules>();
  for (const rule of rules) {
    const address = addressOfHostBlock(rule.CidrIpv4 ?? rule.CidrIpv6 ?? '');
    if (rule.IsEgress || !address || !rule.SecurityGroupRuleId) continue;
    const key = `${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort}`;
    const isOwn = rule.Description === ownershipMark(owner);
    const held = found.get(address) ?? { own: [], obsolete: [], open: new Set() };
    found.set(address, held);
    if (keys.has(key)) held.open.add(key);
    if (isOwn) (keys.has(key) ? held.own : held.obsolete).push(rule.SecurityGroupRuleId);
  }
  return found;
}

/** What the rules mean for the plan: an entry for what is to be open, and one for what is to be no longer. */
export function entriesOf(address: Address, rules: AddressRules, { ports }: ManagedRules): Entry[] {
  const entries: Entry[] = [];
  if (rules.open.size > 0) {
    entries.push({
      address,
      id: rules.own.join(' '),
      ...(rules.open.size < ports.length ? { state: 'initial', unfit: 'incomplete' } : { state: 'healthy' }),
      ...(rules.own.length === 0 && { foreign: true }),
    });
  }
  if (rules.obsolete.length > 0) {
    entries.push({ address, id: rules.obsolete.join(' '), state: 'initial', unfit: 'obsolete' });
  }
  return entries;
}
