import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { sample } from '../core/random.ts';
import type { Instance } from '../world/network/instance.ts';
import { findGroup } from './find-group.ts';

/**
 * An instance dies without notice: nothing answers at its address, and its status checks fail.
 *
 * @throws AwsError `InstanceNotFound` (404)
 */
export function killInstance(cell: Cell, id: string): { killed: string } {
  const instance = cell.network.instances.get(id);
  if (instance?.state === 'running') return kill(cell, instance);
  const running = [...cell.network.instances.values()].filter(({ state }) => state === 'running');
  const known = running.map((held) => held.id).join(', ');
  throw new AwsError(
    'InstanceNotFound',
    `there is no running instance '${id}'; there are: ${known || 'none'}`,
    404,
  );
}

/**
 * One of a group's instances in service dies, chosen by chance.
 *
 * @throws AwsError `AutoScalingGroupNotFound` (404), `NothingToKill`
 */
export function killMember(cell: Cell, groupName: string): { killed: string } {
  const { members } = findGroup(cell, groupName);
  const inService = [...members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
  const [chosen] = sample(cell.random, inService, 1);
  if (chosen) return kill(cell, chosen.instance);
  throw new AwsError('NothingToKill', `the group '${groupName}' has no instance in service`);
}

function kill({ machines }: Cell, instance: Instance): { killed: string } {
  machines.kill(instance);
  return { killed: instance.id };
}
