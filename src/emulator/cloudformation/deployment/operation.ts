import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../core/service.ts';
import type { Stack, StackDefinition } from '../../world/stacks/stack.ts';
import type { ResourceProviders } from '../resource-provider.ts';
import { type CancellationReason, newCancellation } from './cancellation.ts';
import { createStack } from './create-stack.ts';
import { deleteStack } from './delete-stack.ts';
import type { Deployment } from './deployment.ts';
import { environmentOf } from './environment.ts';
import { recordStack } from './record.ts';
import { updateStack } from './update-stack.ts';

/** What an operation on a stack starts with. */
export interface OperationOptions {
  stack: Stack;
  call: Call;
  providers: ResourceProviders;
}

export function startCreate(options: OperationOptions): void {
  recordStack(options.call.cell, options.stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  start(options, options.stack.definition, 'CREATE_FAILED', createStack);
}

export function startUpdate(options: OperationOptions, definition: StackDefinition): void {
  recordStack(options.call.cell, options.stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  start(options, definition, 'UPDATE_ROLLBACK_FAILED', (deployment) => updateStack(deployment, definition));
}

/** What else the stack is busy with is ended first. */
export function startDelete(options: OperationOptions, retained: readonly string[]): void {
  const { stack, call } = options;
  const running = stack.operation;
  running?.cancellation.abort('deletion' satisfies CancellationReason);
  recordStack(call.cell, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  start(options, stack.definition, 'DELETE_FAILED', async (deployment) => {
    await running?.finished;
    await deleteStack(deployment, retained);
  });
}

/** Works in the background; a crash ends in the status that stands for failure. */
function start(
  { stack, call, providers }: OperationOptions,
  definition: StackDefinition,
  failed: StackStatus,
  work: (deployment: Deployment) => Promise<void>,
): void {
  const cancellation = newCancellation();
  const finished = environmentOf(stack, definition, call)
    .then((environment) => work({ stack, call, cell: call.cell, providers, environment, cancellation }))
    .catch((error: unknown) => {
      recordStack(
        call.cell,
        stack,
        failed,
        `Internal Failure: ${error instanceof Error ? error.message : String(error)}`,
      );
    })
    .finally(() => {
      if (stack.operation === operation) stack.operation = undefined;
    });
  const operation = { cancellation, finished };
  stack.operation = operation;
}
