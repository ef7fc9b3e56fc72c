import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { scalingProcesses } from '../../world/auto-scaling/auto-scaling-group.ts';
import { findGroup } from './lookup.ts';

export const processes: Operations<AutoScaling> = {
  SuspendProcesses({ AutoScalingGroupName, ScalingProcesses }, { cell }) {
    const group = findGroup(cell, AutoScalingGroupName);
    for (const process of readProcesses(ScalingProcesses)) {
      if (!group.suspendedProcesses.has(process)) group.suspendedProcesses.set(process, cell.clock.now());
    }
    return {};
  },
  ResumeProcesses({ AutoScalingGroupName, ScalingProcesses }, { cell }) {
    const group = findGroup(cell, AutoScalingGroupName);
    for (const process of readProcesses(ScalingProcesses)) group.suspendedProcesses.delete(process);
    cell.autoScaler.converge(group, 'a user request resumed processes');
    return {};
  },
  DescribeScalingProcessTypes() {
    return { Processes: scalingProcesses.map((ProcessName) => ({ ProcessName })) };
  },
};

/** All of them, where none is named. */
function readProcesses(given: readonly string[] = []): readonly string[] {
  const unknown = given.find((process) => !scalingProcesses.some((known) => known === process));
  if (unknown === undefined) return given.length > 0 ? given : scalingProcesses;
  throw new AwsError('ValidationError', `Invalid process(es): [${unknown}]`);
}
