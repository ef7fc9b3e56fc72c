import type { Cell } from '../../src/emulator/core/cell.ts';
import type { BindingTruth } from '../truth/chronicle.ts';

/** One target or rule that a call adds or removes. */
export interface WrittenItem {
  address: string;
  /** As the call gives it; undefined where it leaves it out. */
  port: number | undefined;
  /** Description of the rule, for security groups. */
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

/** What a call writes, seen before it takes effect; undefined for a read. */
export function writeOf(
  operation: string,
  input: Input,
  cell: Cell,
  truths: readonly BindingTruth[],
): Write | undefined {
  const kind = kinds[operation];
  if (kind === undefined) return undefined;
  const target = { targetGroupArn: input.TargetGroupArn, groupId: input.GroupId };
  const truth = truths.find(({ binding }) => binding.isSinkOf(target));
  return { operation, kind, truth, items: itemsOf(operation, input, cell) };
}

const kinds: Readonly<Record<string, 'add' | 'remove'>> = {
  RegisterTargets: 'add',
  DeregisterTargets: 'remove',
  AuthorizeSecurityGroupIngress: 'add',
  RevokeSecurityGroupIngress: 'remove',
};

function itemsOf(operation: string, input: Input, cell: Cell): WrittenItem[] {
  if (operation === 'RegisterTargets' || operation === 'DeregisterTargets') {
    const targets: { Id: string; Port?: number }[] = input.Targets ?? [];
    return targets.map(({ Id, Port }) => ({ address: Id, port: Port }));
  }
  if (operation === 'RevokeSecurityGroupIngress') return revoked(input, cell);
  return (input.IpPermissions ?? []).flatMap(({ FromPort, IpRanges = [] }: Input) =>
    IpRanges.map(({ CidrIp, Description }: Input) => ({
      address: CidrIp.replace(/\/32$/, ''),
      port: FromPort,
      description: Description,
    })),
  );
}

function revoked({ GroupId, SecurityGroupRuleIds = [] }: Input, cell: Cell): WrittenItem[] {
  const rules = cell.network.securityGroups.get(GroupId)?.rules;
  return SecurityGroupRuleIds.flatMap((id: string) => {
    const rule = rules?.get(id);
    if (!rule) return [];
    const address = rule.peer.kind === 'ipv4' ? rule.peer.cidr.replace(/\/32$/, '') : '';
    return [{ address, port: rule.fromPort, description: rule.description }];
  });
}

/** The first half of what a call writes; undefined where it cannot be divided. */
export function firstHalf(input: Input): Input | undefined {
  if (input.Targets?.length > 1) return { ...input, Targets: half(input.Targets) };
  // Security groups take a call whole or not at all.
  return undefined;
}

function half<Item>(items: readonly Item[]): Item[] {
  return items.slice(0, Math.ceil(items.length / 2));
}
