import { AwsError } from '../../src/emulator/core/aws-error.ts';
import type { Cell } from '../../src/emulator/core/cell.ts';
import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import type { SimulatedBinding } from '../world/simulated-binding.ts';
import type { SimulatedWorld } from '../world/world.ts';
import { type Input, referenceOf } from './write.ts';

/**
 * AWS's quotas are far above what a small world has. Where a sink has less room, this refuses what does not fit, in
 * AWS's words; what others have in the sink does not count, so that they cannot use the room up.
 *
 * @throws AwsError `TooManyTargets`, `RulesPerSecurityGroupLimitExceeded`
 */
export function refuseBeyondRoom(operation: string, input: Input, { cell, bindings }: SimulatedWorld): void {
  const counted = counts[operation];
  if (!counted) return;
  const reference = referenceOf(input);
  const full = bindings.find(
    (binding) =>
      binding.sink.room !== undefined &&
      binding.sink.isSinkOf(reference) &&
      counted.count(cell, binding, input) > binding.sink.room,
  );
  if (full) throw new AwsError(counted.code, `The maximum for the sink of '${full.name}' has been reached.`);
}

export function isFull({ code }: AwsError): boolean {
  return (
    Object.values(counts).some((counted) => counted.code === code) || code === 'PrefixListMaxEntriesExceeded'
  );
}

interface Counted {
  code: string;
  /** Of how many there would be; what drains holds its place. */
  count(cell: Cell, binding: SimulatedBinding, input: Input): number;
}

const counts: Readonly<Record<string, Counted>> = {
  RegisterTargets: {
    code: 'TooManyTargets',
    count(cell, { sink: { ports } }, { TargetGroupArn, Targets = [] }) {
      const there = [...(cell.loadBalancing.targetGroups.get(TargetGroupArn)?.registrations.values() ?? [])];
      const held = there.filter(({ port }) => ports.includes(port)).map(({ id }) => id);
      return new Set([...held, ...Targets.map(({ Id }: Input) => Id)]).size;
    },
  },
  AuthorizeSecurityGroupIngress: {
    code: 'RulesPerSecurityGroupLimitExceeded',
    count(cell, { name }, { GroupId, IpPermissions = [] }) {
      const there = [...(cell.network.securityGroups.get(GroupId)?.rules.values() ?? [])];
      const held = there.filter(({ description }) => description === ownershipMark(name));
      return held.length + IpPermissions.flatMap(({ IpRanges = [] }: Input) => IpRanges).length;
    },
  },
};
