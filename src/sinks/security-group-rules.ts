import {
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { collect } from '../aws/pagination.ts';
import { type Address, parseAddress } from '../engine/address.ts';
import type { Entry } from '../engine/sink.ts';
import { unreadable } from './unreadable.ts';

/** The most that a call returns. */
const pageSize = 1_000;

/** Ingress rules of one security group, for single addresses on one protocol and port. */
export interface ManagedRules {
  groupId: string;
  protocol: 'tcp' | 'udp';
  port: number;
  /** Name of the binding: rules are its own by their description (FM13, FM22). */
  owner: string;
}

/** The description of the rules that a binding owns. */
export function ownershipMark(owner: string): string {
  return `albridge: ${owner}`;
}

/** The rules that are there; those without the owner's mark are foreign. */
export async function readRules(ec2: EC2Client, managed: ManagedRules): Promise<Entry[]> {
  const filters = [{ Name: 'group-id', Values: [managed.groupId] }];
  try {
    const pages = paginateDescribeSecurityGroupRules({ client: ec2, pageSize }, { Filters: filters });
    const rules = await collect(pages, (page) => page.SecurityGroupRules);
    return rules.filter((rule) => isManaged(rule, managed)).flatMap((rule) => entryOf(rule, managed.owner));
  } catch (error) {
    throw unreadable(`ec2:DescribeSecurityGroupRules of '${managed.groupId}'`, error);
  }
}

function isManaged(rule: SecurityGroupRule, { protocol, port }: ManagedRules): boolean {
  return !rule.IsEgress && rule.IpProtocol === protocol && rule.FromPort === port && rule.ToPort === port;
}

function entryOf(rule: SecurityGroupRule, owner: string): Entry[] {
  const address = singleAddress(rule.CidrIpv4, '/32') ?? singleAddress(rule.CidrIpv6, '/128');
  if (!address || !rule.SecurityGroupRuleId) return [];
  const entry: Entry = { address, state: 'healthy', id: rule.SecurityGroupRuleId };
  return [rule.Description === ownershipMark(owner) ? entry : { ...entry, foreign: true }];
}

function singleAddress(cidr: string | undefined, suffix: string): Address | undefined {
  return cidr?.endsWith(suffix) ? parseAddress(cidr.slice(0, -suffix.length)) : undefined;
}
