import type { Cell } from '../../src/emulator/core/cell.ts';
import { currentEntries } from '../../src/emulator/world/network/prefix-list.ts';
import type { BindingTruth } from '../truth/chronicle.ts';
import type { SinkReference } from '../world/simulated-binding.ts';
import { addressOfRule, onOtherPort } from '../world/sinks/security-group.ts';

/** One target or rule that a call adds or removes. */
export interface WrittenItem {
  address: string;
  /** As the call gives it; undefined where it leaves it out. */
  port: number | undefined;
  /** Of the rule or entry. */
  description?: string | undefined;
}

/** A call that changes a sink, in terms of what it changes. */
export interface Write {
  operation: string;
  kind: 'add' | 'remove';
  /** Undefined where no binding feeds the group that is written to. */
  truth: BindingTruth | undefined;
  items: readonly WrittenItem[];
}

// biome-ignore lint/suspicious/noExplicitAny: the inputs of all operations, each read by who knows it
export type Input = Record<string, any>;

/** What a call writes, seen before it takes effect; nothing for a read. */
export function writesOf(
  operation: string,
  input: Input,
  cell: Cell,
  truths: readonly BindingTruth[],
): Write[] {
  return itemsOf(operation, input, cell).map(({ kind, items }) => {
    const reference = referenceOf(input);
    const candidates = truths.filter(({ binding }) => binding.sink.isSinkOf(reference));
    // One group may be the sink of several bindings, each with a port.
    const truth =
      candidates.find(({ binding }) => items.some(({ port }) => port && binding.sink.ports.includes(port))) ??
      candidates[0];
    return { operation, kind, truth, items: items.map((item) => named(item, truth)) };
  });
}

export function referenceOf({ TargetGroupArn, GroupId, PrefixListId }: Input): SinkReference {
  return { targetGroupArn: TargetGroupArn, groupId: GroupId, prefixListId: PrefixListId };
}

/** A rule of the binding's for a port that it has no longer is not what the address goes by. */
function named(item: WrittenItem, truth: BindingTruth | undefined): WrittenItem {
  const sink = truth?.binding.sink;
  if (sink?.config.type !== 'security-group' || sink.ports.includes(item.port ?? 0)) return item;
  return { ...item, address: onOtherPort(item.address, item.port) };
}

type Part = Pick<Write, 'kind' | 'items'>;

function itemsOf(operation: string, input: Input, cell: Cell): Part[] {
  switch (operation) {
    case 'RegisterTargets':
      return [{ kind: 'add', items: targets(input) }];
    case 'DeregisterTargets':
      return [{ kind: 'remove', items: targets(input) }];
    case 'AuthorizeSecurityGroupIngress':
      return [{ kind: 'add', items: authorized(input) }];
    case 'RevokeSecurityGroupIngress':
      return [{ kind: 'remove', items: revoked(input, cell) }];
    case 'ModifyManagedPrefixList':
      return modified(input, cell);
    default:
      return [];
  }
}

function targets({ Targets = [] }: Input): WrittenItem[] {
  return Targets.map(({ Id, Port }: Input) => ({ address: Id, port: Port }));
}

function authorized({ IpPermissions = [] }: Input): WrittenItem[] {
  return IpPermissions.flatMap(({ FromPort: port, IpRanges = [], Ipv6Ranges = [] }: Input) =>
    [...IpRanges, ...Ipv6Ranges].map(({ CidrIp, CidrIpv6, Description: description }: Input) => ({
      address: addressOf(CidrIp ?? CidrIpv6),
      port,
      description,
    })),
  );
}

function revoked({ GroupId, SecurityGroupRuleIds = [] }: Input, cell: Cell): WrittenItem[] {
  const rules = cell.network.securityGroups.get(GroupId)?.rules;
  return SecurityGroupRuleIds.flatMap((id: string) => {
    const rule = rules?.get(id);
    if (!rule) return [];
    return [{ address: addressOfRule(rule) ?? '', port: rule.fromPort, description: rule.description }];
  });
}

/** Which entries go is told by their blocks alone; whose they are, by the list. */
function modified({ PrefixListId, AddEntries = [], RemoveEntries = [] }: Input, cell: Cell): Part[] {
  const list = cell.network.prefixLists.get(PrefixListId);
  const there = new Map(
    (list ? currentEntries(list) : []).map(({ cidr, description }) => [cidr, description]),
  );
  const parts: Part[] = [
    {
      kind: 'add',
      items: AddEntries.map(({ Cidr, Description: description }: Input) => ({
        address: addressOf(Cidr),
        port: undefined,
        description,
      })),
    },
    {
      kind: 'remove',
      items: RemoveEntries.filter(({ Cidr }: Input) => there.has(Cidr)).map(({ Cidr }: Input) => ({
        address: addressOf(Cidr),
        port: undefined,
        description: there.get(Cidr),
      })),
    },
  ];
  return parts.filter(({ items }) => items.length > 0);
}

function addressOf(block: string): string {
  return block.split('/')[0] ?? '';
}

/** The first half of what a call writes; undefined where it cannot be divided. */
export function firstHalf(input: Input): Input | undefined {
  if (input.Targets?.length > 1) return { ...input, Targets: half(input.Targets) };
  // Security groups and prefix lists take a call whole or not at all.
  return undefined;
}

function half<Item>(items: readonly Item[]): Item[] {
  return items.slice(0, Math.ceil(items.length / 2));
}
