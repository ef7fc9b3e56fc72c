import { validationError } from '../../cloudformation/validation-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Stack } from '../../world/stacks/stack.ts';

/** @throws AwsError `ValidationError`: by name, only stacks that are not deleted are found */
export function findStack(cell: Cell, nameOrId: string | undefined): Stack {
  if (nameOrId === undefined) throw validationError('Stack name cannot be empty');
  const stack = cell.stacks.find(nameOrId);
  if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
}

/** The same for what is to be changed, as it is worded there: deleted stacks are not found. */
export function findLiveStack(cell: Cell, nameOrId: string | undefined): Stack {
  const stack = cell.stacks.find(nameOrId ?? '');
  if (!stack || stack.status === 'DELETE_COMPLETE')
    throw validationError(`Stack [${nameOrId}] does not exist`);
  return stack;
}

const updatable = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);

/** @throws AwsError `ValidationError` where a stack cannot be updated as it is */
export function requireUpdatable({ id, status }: Stack): void {
  if (updatable.has(status)) return;
  throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}
