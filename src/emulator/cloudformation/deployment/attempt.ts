import type { StackResource } from '../../world/stacks/stack.ts';
import type { CancellationReason } from './cancellation.ts';
import type { Deployment } from './deployment.ts';
import { failureReason } from './failure-reason.ts';
import { recordResource } from './record.ts';

const cancelled = { CREATE: 'Resource creation cancelled', UPDATE: 'Resource update cancelled' };

/** Works on a resource and records how that ended; a failure cancels the rest of the operation. */
export async function attempt(
  { cell, stack, cancellation }: Deployment,
  resource: StackResource,
  action: 'CREATE' | 'UPDATE',
  work: () => Promise<void>,
): Promise<boolean> {
  const failure = await work().then(
    () => undefined,
    (error: unknown) => failureReason(error, cell.random),
  );
  const reason = cancellation.signal.aborted ? cancelled[action] : failure;
  recordResource(cell, stack, resource, `${action}_${reason === undefined ? 'COMPLETE' : 'FAILED'}`, reason);
  if (reason !== undefined) cancellation.abort('failure' satisfies CancellationReason);
  return reason === undefined;
}
