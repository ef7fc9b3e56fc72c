import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { ChangeSet, Stack } from '../../world/stacks/stack.ts';
import { findLiveStack } from './lookup.ts';

export interface FoundChangeSet {
  stack: Stack;
  changeSet: ChangeSet;
}

/** By its ARN, or by its name and its stack's. */
export function findChangeSet(
  cell: Cell,
  { StackName, ChangeSetName = '' }: { StackName?: string | undefined; ChangeSetName?: string | undefined },
): FoundChangeSet {
  const stacks = StackName === undefined ? cell.stacks.all() : [findLiveStack(cell, StackName)];
  for (const stack of stacks) {
    const changeSet = [...stack.changeSets.values()].find(({ id, name }) =>
      [id, name].includes(ChangeSetName),
    );
    if (changeSet) return { stack, changeSet };
  }
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, 404);
}
