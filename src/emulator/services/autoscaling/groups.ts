import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import type { AutoScalingGroup } from '../../world/auto-scaling/auto-scaling-group.ts';
import { applyFilters } from './filters.ts';
import { describeGroup } from './group-description.ts';
import { readSettings } from './group-settings.ts';
import { findGroup } from './lookup.ts';
import { page } from './pages.ts';
import { readTags } from './tags.ts';
import { refuseTargetGroups } from './target-groups.ts';
import { targetGroupArnsOf } from './traffic-sources.ts';

export const groups: Operations<AutoScaling> = {
  CreateAutoScalingGroup(input, { cell }) {
    const { AutoScalingGroupName: name = '' } = input;
    refuseName(name, cell);
    const arns = [...(input.TargetGroupARNs ?? []), ...targetGroupArnsOf(input.TrafficSources)];
    refuseTargetGroups(cell, arns);
    const group: AutoScalingGroup = {
      ...readSettings(input, cell),
      name,
      arn: `arn:aws:autoscaling:${cell.region}:${cell.account}:autoScalingGroup:${uuid(cell.random)}:autoScalingGroupName/${name}`,
      createdAt: cell.clock.now(),
      targetGroupArns: new Set(arns),
      leavingTargetGroupArns: new Set(),
      tags: readTags(input.Tags),
      suspendedProcesses: new Map(),
      members: new Map(),
      activities: [],
      policies: new Map(),
      isBeingDeleted: false,
      lastScaledAt: 0,
    };
    cell.autoScaler.create(group);
    return {};
  },
  UpdateAutoScalingGroup(input, { cell }) {
    const group = findGroup(cell, input.AutoScalingGroupName);
    const { desiredCapacity, ...settings } = readSettings(input, cell, group);
    Object.assign(group, settings);
    cell.autoScaler.setCapacity(
      group,
      desiredCapacity,
      `a user request updated AutoScalingGroup constraints to min: ${group.minSize}, max: ${group.maxSize}, desired: ${desiredCapacity}`,
    );
    return {};
  },
  DescribeAutoScalingGroups(input, { cell }) {
    const { AutoScalingGroupNames: names } = input;
    const all = [...cell.autoScaling.groups.values()];
    const asked = names?.length ? all.filter(({ name }) => names.includes(name)) : all;
    const { items, nextToken } = page(applyFilters(asked, input.Filters), ({ name }) => name, input);
    return { AutoScalingGroups: items.map((group) => describeGroup(group, cell)), NextToken: nextToken };
  },
  DeleteAutoScalingGroup({ AutoScalingGroupName, ForceDelete }, { cell }) {
    const group = findGroup(cell, AutoScalingGroupName);
    if (group.members.size > 0 && !ForceDelete) {
      throw new AwsError(
        'ResourceInUse',
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
      );
    }
    cell.autoScaler.delete(group);
    return {};
  },
};

function refuseName(name: string, { autoScaling }: Cell): void {
  if (name === '' || name.length > 255 || name.includes(':')) {
    throw new AwsError(
      'ValidationError',
      `The group name '${name}' is not valid: 1 to 255 characters, and no colon`,
    );
  }
  if (autoScaling.groups.has(name)) {
    throw new AwsError(
      'AlreadyExists',
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    );
  }
}
