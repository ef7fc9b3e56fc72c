import type { StackResource } from '../../world/stacks/stack.ts';
import { followGraph } from '../graph.ts';
import { createResource } from './create-resource.ts';
import { deleteResources } from './delete-resources.ts';
import { type Deployment, desiredResources, uncancelled } from './deployment.ts';
import { failedResources } from './failed-resources.ts';
import { outputsOf } from './outputs.ts';
import { missingValue } from './parameter-values.ts';
import { recordStack } from './record.ts';

/** Makes a stack's resources; where one fails, does what the stack's `OnFailure` says. */
export async function createStack(deployment: Deployment): Promise<void> {
  const { cell, stack, cancellation } = deployment;
  const timer = limitTime(deployment);
  const failure = await createResources(deployment);
  timer?.cancel();
  if (cancellation.signal.reason === 'deletion') return;
  if (failure === undefined) recordStack(cell, stack, 'CREATE_COMPLETE');
  else await settleFailure(uncancelled(deployment), failure);
}

/** Why the resources and outputs could not all be made, where that is so. */
async function createResources(deployment: Deployment): Promise<string | undefined> {
  const { stack, cancellation } = deployment;
  try {
    const missing = missingValue(deployment.environment.namedValues);
    if (missing !== undefined) return missing;
    const desired = desiredResources(deployment, stack.definition);
    const complete = await followGraph(desired.graph, (id) => createResource(deployment, desired, id));
    if (cancellation.signal.reason === 'timeout')
      return 'Stack creation time exceeded the specified timeout. ';
    if (!complete) return failedResources(stack);
    stack.outputs = outputsOf(deployment, stack.definition.template, desired.scope);
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}. `;
  }
}

function limitTime({ cell, stack, cancellation }: Deployment): { cancel(): void } | undefined {
  if (stack.timeoutMinutes === undefined) return undefined;
  return cell.clock.after(stack.timeoutMinutes * 60_000, () => cancellation.abort('timeout'));
}

async function settleFailure(deployment: Deployment, failure: string): Promise<void> {
  const { cell, stack } = deployment;
  if (stack.onFailure === 'DO_NOTHING') return recordStack(cell, stack, 'CREATE_FAILED', failure);
  const [action, request] =
    stack.onFailure === 'DELETE' ? (['DELETE', 'Delete'] as const) : (['ROLLBACK', 'Rollback'] as const);
  recordStack(cell, stack, `${action}_IN_PROGRESS`, `${failure}${request} requested by user.`);
  const gone = await deleteResources(deployment, [...stack.resources.values()], isRetained);
  if (gone) recordStack(cell, stack, `${action}_COMPLETE`);
  else recordStack(cell, stack, `${action}_FAILED`, failedResources(stack));
}

/** `RetainExceptOnCreate` keeps nothing of a stack that never was complete. */
function isRetained({ deletionPolicy }: StackResource): boolean {
  return deletionPolicy === 'Retain';
}
