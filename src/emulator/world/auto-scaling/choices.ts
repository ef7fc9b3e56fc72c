import type { Subnet } from '../network/vpc.ts';
import type { LaunchSource, Member } from './auto-scaling-group.ts';

const byAgeAlone = ['OldestInstance', 'NewestInstance'];

/** Where the next instance goes: the zone with the fewest, and there the subnet with the fewest. */
export function subnetForLaunch(subnets: readonly Subnet[], members: readonly Member[]): Subnet | undefined {
  const inZone = ({ availabilityZone }: Subnet): number => countIn(members, { availabilityZone });
  const inSubnet = ({ id }: Subnet): number => countIn(members, { subnetId: id });
  return [...subnets].sort((one, other) => inZone(one) - inZone(other) || inSubnet(one) - inSubnet(other))[0];
}

/**
 * Whom scale-in terminates, as the default termination policy chooses: in the zone with the most instances, what was
 * launched from another source than the group has now, and then the oldest. `OldestInstance` and `NewestInstance` look
 * at age alone. Members that are protected are never chosen; those that are unhealthy go first.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
export function memberToTerminate(
  members: readonly Member[],
  { source, policies }: { source: LaunchSource; policies: readonly string[] },
): Member | undefined {
  const [policy = 'Default'] = policies;
  const candidates = members.filter(({ isProtectedFromScaleIn }) => !isProtectedFromScaleIn);
  const crowded = fullestZone(candidates, members);
  const ranked = crowded.map((member) => ({
    member,
    ranks: [
      Number(member.healthStatus === 'Healthy'),
      Number(isCurrent(member.source, source) && !byAgeAlone.includes(policy)),
      policy === 'NewestInstance' ? -member.instance.launchedAt : member.instance.launchedAt,
    ],
  }));
  return ranked.sort((one, other) => compare(one.ranks, other.ranks))[0]?.member;
}

function countIn(
  members: readonly Member[],
  place: { availabilityZone: string } | { subnetId: string },
): number {
  return members.filter(({ instance: { interface: held } }) =>
    'subnetId' in place ? held.subnetId === place.subnetId : held.availabilityZone === place.availabilityZone,
  ).length;
}

function fullestZone(candidates: readonly Member[], members: readonly Member[]): Member[] {
  const sizeOf = ({ instance }: Member): number =>
    countIn(members, { availabilityZone: instance.interface.availabilityZone });
  const most = Math.max(...candidates.map(sizeOf));
  return candidates.filter((member) => sizeOf(member) === most);
}

function isCurrent(one: LaunchSource, other: LaunchSource): boolean {
  return one.kind === 'template' && other.kind === 'template'
    ? one.id === other.id && one.version === other.version
    : one.kind === other.kind && one.name === other.name;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((rank, at) => rank !== other[at]);
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
