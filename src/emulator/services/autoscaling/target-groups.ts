import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';

export const targetGroups: Operations<AutoScaling> = {
  AttachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs = [] }, { cell }) {
    attach(cell, AutoScalingGroupName, TargetGroupARNs);
    return {};
  },
  DetachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs = [] }, { cell }) {
    detach(cell, AutoScalingGroupName, TargetGroupARNs);
    return {};
  },
  DescribeLoadBalancerTargetGroups(input, { cell }) {
    const group = findGroup(cell, input.AutoScalingGroupName);
    const { items, nextToken } = page(attachments(cell, group), ({ arn }) => arn, input);
    return {
      LoadBalancerTargetGroups: items.map(({ arn, state }) => ({
        LoadBalancerTargetGroupARN: arn,
        State: state,
      })),
      NextToken: nextToken,
    };
  },
};

export function attach(cell: Cell, groupName: string | undefined, arns: readonly string[]): void {
  const group = findGroup(cell, groupName);
  refuseTargetGroups(cell, arns);
  for (const arn of arns) cell.autoScaler.traffic.attach(group, arn);
}

export function detach(cell: Cell, groupName: string | undefined, arns: readonly string[]): void {
  const group = findGroup(cell, groupName);
  const foreign = arns.find((arn) => !group.targetGroupArns.has(arn));
  if (foreign !== undefined) {
    throw new AwsError(
      'ValidationError',
      `Trying to remove Target Group(s) that are not part of the group: ${foreign}`,
    );
  }
  for (const arn of arns) cell.autoScaler.traffic.detach(group, arn);
}

/** @throws AwsError `ValidationError` for what is not there, or does not take instances */
export function refuseTargetGroups({ loadBalancing }: Cell, arns: readonly string[]): void {
  for (const arn of arns) {
    const found = loadBalancing.targetGroups.get(arn);
    if (!found) {
      throw new AwsError(
        'ValidationError',
        `Provided Target Groups may not be valid. Please ensure they exist and try again: ${arn}`,
      );
    }
    if (found.targetType === 'instance') continue;
    throw new AwsError(
      'ValidationError',
      `Provided Target Groups may not be valid: ${arn} has the target type ${found.targetType}, not instance`,
    );
  }
}

export interface AttachedTargetGroup {
  arn: string;
  state: 'Adding' | 'Added' | 'InService' | 'Removing';
}

/** The target groups of a group, and how far it is with them. */
export function attachments(cell: Cell, group: AutoScalingGroup): AttachedTargetGroup[] {
  const leaving = [...group.leavingTargetGroupArns].map((arn) => ({ arn, state: 'Removing' as const }));
  return [
    ...[...group.targetGroupArns].map((arn) => ({ arn, state: stateOf(cell, group, arn) })),
    ...leaving,
  ];
}

function stateOf({ autoScaler }: Cell, group: AutoScalingGroup, arn: string): AttachedTargetGroup['state'] {
  const members = [...group.members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
  const registered = members.map((member) => autoScaler.traffic.registrations(member, [arn]));
  if (registered.flat().some(({ state }) => state === 'healthy')) return 'InService';
  return registered.some((held) => held.length === 0) ? 'Adding' : 'Added';
}
