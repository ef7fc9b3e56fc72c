import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';
import { describeActivity } from './activities.ts';
import { findGroup, findMember } from './lookup.ts';

export const capacity: Operations<AutoScaling> = {
  SetDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: wanted = 0, HonorCooldown }, { cell }) {
    const group = findGroup(cell, AutoScalingGroupName);
    refuseCapacity(group, wanted);
    const cooldownEnds = group.lastScaledAt + group.defaultCooldown * 1000;
    if (HonorCooldown && cell.clock.now() < cooldownEnds) {
      throw new AwsError(
        'ScalingActivityInProgress',
        `Scaling activity is in progress: the cooldown of group ${group.name} has not passed`,
      );
    }
    cell.autoScaler.setCapacity(group, wanted, 'a user request explicitly set group desired capacity,');
    return {};
  },
  TerminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity }, { cell }) {
    const { group, member } = findMember(cell, InstanceId);
    if (ShouldDecrementDesiredCapacity) {
      refuseDecrement(group);
      group.desiredCapacity--;
    }
    cell.autoScaler.terminate(
      group,
      member,
      'instance was taken out of service in response to a user request.',
    );
    cell.autoScaler.converge(group, 'an instance was taken out of service');
    return { Activity: describeActivity(group, member.activity) };
  },
};

function refuseCapacity({ minSize, maxSize }: AutoScalingGroup, wanted: number): void {
  if (wanted > maxSize) {
    throw new AwsError(
      'ValidationError',
      `New SetDesiredCapacity value ${wanted} is above max value ${maxSize} for the AutoScalingGroup.`,
    );
  }
  if (wanted < minSize) {
    throw new AwsError(
      'ValidationError',
      `New SetDesiredCapacity value ${wanted} is below min value ${minSize} for the AutoScalingGroup.`,
    );
  }
}

function refuseDecrement({ desiredCapacity, minSize }: AutoScalingGroup): void {
  if (desiredCapacity > minSize) return;
  throw new AwsError(
    'ValidationError',
    `Currently, desiredSize equals minSize (${minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
  );
}
