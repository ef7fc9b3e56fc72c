import type { CreateAutoScalingGroupType, UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { GroupSettings } from '../../world/auto-scaling/auto-scaling-group.ts';
import { either, readSource } from './launch-source.ts';

type Input = CreateAutoScalingGroupType | UpdateAutoScalingGroupType;

const terminationPolicies = [
  'Default',
  'OldestInstance',
  'NewestInstance',
  'OldestLaunchConfiguration',
  'OldestLaunchTemplate',
  'ClosestToNextInstanceHour',
  'AllocationStrategy',
];

/**
 * What a group is to be by a call: what it says nothing of stays as it is, or is what AWS sets.
 *
 * @throws AwsError `ValidationError`
 */
export function readSettings(input: Input, cell: Cell, current?: GroupSettings): GroupSettings {
  const source = readSource(input, cell) ?? current?.source;
  if (!source) throw either();
  return {
    ...sizes(input, current),
    source,
    subnetIds: readSubnets(input, cell) ?? current?.subnetIds ?? noSubnets(),
    defaultCooldown: input.DefaultCooldown ?? current?.defaultCooldown ?? 300,
    healthCheckType: readHealthCheckType(input) ?? current?.healthCheckType ?? 'EC2',
    healthCheckGracePeriod: input.HealthCheckGracePeriod ?? current?.healthCheckGracePeriod ?? 0,
    terminationPolicies: readTerminationPolicies(input) ?? current?.terminationPolicies ?? ['Default'],
    newInstancesProtectedFromScaleIn:
      input.NewInstancesProtectedFromScaleIn ?? current?.newInstancesProtectedFromScaleIn ?? false,
    capacityRebalance: input.CapacityRebalance ?? current?.capacityRebalance ?? false,
    maxInstanceLifetime: input.MaxInstanceLifetime ?? current?.maxInstanceLifetime ?? 0,
    defaultInstanceWarmup: readWarmup(input.DefaultInstanceWarmup, current),
    serviceLinkedRoleArn:
      input.ServiceLinkedRoleARN ??
      current?.serviceLinkedRoleArn ??
      `arn:aws:iam::${cell.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
}

/** A bound that is moved past the desired capacity takes it along. */
function sizes(
  { MinSize, MaxSize, DesiredCapacity }: Input,
  current: GroupSettings | undefined,
): Pick<GroupSettings, 'minSize' | 'maxSize' | 'desiredCapacity'> {
  const minSize = MinSize ?? current?.minSize ?? 0;
  const maxSize = MaxSize ?? current?.maxSize ?? 0;
  if (minSize > maxSize) {
    throw new AwsError(
      'ValidationError',
      `Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`,
    );
  }
  const kept = current && Math.min(maxSize, Math.max(minSize, current.desiredCapacity));
  const desiredCapacity = DesiredCapacity ?? kept ?? minSize;
  if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    throw new AwsError(
      'ValidationError',
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} and max size:${maxSize}`,
    );
  }
  return { minSize, maxSize, desiredCapacity };
}

function readSubnets(
  { VPCZoneIdentifier: listed, AvailabilityZones: zones }: Input,
  { network }: Cell,
): string[] | undefined {
  if (listed) {
    const ids = listed.split(',').map((id) => id.trim());
    const missing = ids.find((id) => !network.subnets.has(id));
    if (missing === undefined) return ids;
    throw new AwsError('ValidationError', `The subnet ID '${missing}' does not exist`);
  }
  if (!zones?.length) return undefined;
  const own = [...network.subnets.values()].filter(({ defaultForAz }) => defaultForAz);
  return zones.map((zone) => {
    const subnet = own.find(({ availabilityZone }) => availabilityZone === zone);
    if (subnet) return subnet.id;
    throw new AwsError('ValidationError', `Invalid availability zone ${zone}: it has no default subnet`);
  });
}

function noSubnets(): never {
  throw new AwsError('ValidationError', 'At least one Availability Zone or VPC Subnet is required.');
}

function readHealthCheckType({
  HealthCheckType: given,
}: Input): GroupSettings['healthCheckType'] | undefined {
  if (given === undefined) return undefined;
  const types = given.split(',');
  const unknown = types.find((type) => type !== 'EC2' && type !== 'ELB');
  if (unknown === undefined) return types.includes('ELB') ? 'ELB' : 'EC2';
  throw new AwsError(
    'ValidationError',
    `The health check type '${unknown}' is not part of this local AWS: EC2 and ELB are`,
  );
}

function readTerminationPolicies({ TerminationPolicies: given }: Input): string[] | undefined {
  if (!given?.length) return undefined;
  const unknown = given.find((policy) => !terminationPolicies.includes(policy));
  if (unknown === undefined) return given;
  throw new AwsError('ValidationError', `Invalid termination policies: [${unknown}]`);
}

/** -1 takes it away. */
function readWarmup(given: number | undefined, current: GroupSettings | undefined): number | undefined {
  if (given === undefined) return current?.defaultInstanceWarmup;
  return given === -1 ? undefined : given;
}
