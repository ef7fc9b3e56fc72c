import { validationError } from '../../cloudformation/validation-error.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Stack, StackDefinition } from '../../world/stacks/stack.ts';

/** @throws AwsError where a stack cannot have that name, or another has it */
export function checkNewName(cell: Cell, name: string): void {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  if (cell.stacks.find(name)) throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
}

/** A stack that has nothing yet; it is known from now on. */
export function newStack(
  cell: Cell,
  name: string,
  definition: StackDefinition,
  options: Partial<Pick<Stack, 'onFailure' | 'timeoutMinutes' | 'terminationProtection'>> = {},
): Stack {
  const stack: Stack = {
    id: `arn:aws:cloudformation:${cell.region}:${cell.account}:stack/${name}/${uuid(cell.random)}`,
    name,
    status: 'REVIEW_IN_PROGRESS',
    reason: undefined,
    createdAt: cell.clock.now(),
    updatedAt: undefined,
    deletedAt: undefined,
    onFailure: 'ROLLBACK',
    timeoutMinutes: undefined,
    terminationProtection: false,
    definition,
    resources: new Map(),
    outputs: [],
    events: [],
    changeSets: new Map(),
    changeSetId: undefined,
    operation: undefined,
    ...options,
  };
  return stack;
}
