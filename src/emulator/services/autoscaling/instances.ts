import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { describeMember } from './group-description.ts';
import { findGroup, findMember, membersOf } from './lookup.ts';
import { page } from './pages.ts';

export const instances: Operations<AutoScaling> = {
  DescribeAutoScalingInstances(input, { cell }) {
    const { InstanceIds: ids } = input;
    const all = [...cell.autoScaling.groups.values()].flatMap((group) =>
      [...group.members.values()].map((member) => ({ group, member })),
    );
    const asked = ids?.length ? all.filter(({ member }) => ids.includes(member.instance.id)) : all;
    const { items, nextToken } = page(asked, ({ member }) => member.instance.id, input);
    return {
      AutoScalingInstances: items.map(({ group, member }) => ({
        ...describeMember(member),
        AutoScalingGroupName: group.name,
        HealthStatus: member.healthStatus.toUpperCase(),
      })) as never,
      NextToken: nextToken,
    };
  },
  /** Sets what the instance is replaced for when it is looked at next. */
  SetInstanceHealth({ InstanceId, HealthStatus: status, ShouldRespectGracePeriod = true }, { cell }) {
    if (status !== 'Healthy' && status !== 'Unhealthy') {
      throw new AwsError(
        'ValidationError',
        `Valid instance health states are: [Healthy, Unhealthy], not ${status}`,
      );
    }
    const { group, member } = findMember(cell, InstanceId);
    const graceEnds = member.inServiceAt + group.healthCheckGracePeriod * 1000;
    if (ShouldRespectGracePeriod && cell.clock.now() < graceEnds) return {};
    member.healthStatus = status;
    return {};
  },
  SetInstanceProtection({ AutoScalingGroupName, InstanceIds = [], ProtectedFromScaleIn = false }, { cell }) {
    for (const member of membersOf(findGroup(cell, AutoScalingGroupName), InstanceIds)) {
      member.isProtectedFromScaleIn = ProtectedFromScaleIn;
    }
    return {};
  },
};
