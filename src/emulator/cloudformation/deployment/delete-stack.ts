import type { StackResource } from '../../world/stacks/stack.ts';
import { deleteResources } from './delete-resources.ts';
import type { Deployment } from './deployment.ts';
import { failedResources } from './failed-resources.ts';
import { recordStack } from './record.ts';

/** Deletes a stack with its resources, but for those that are to be retained. */
export async function deleteStack(deployment: Deployment, retained: readonly string[]): Promise<void> {
  const { cell, stack } = deployment;
  const resources = [...stack.resources.values()];
  const gone = await deleteResources(deployment, resources, (resource) => isRetained(resource, retained));
  if (!gone) return recordStack(cell, stack, 'DELETE_FAILED', failedResources(stack));
  stack.outputs = [];
  recordStack(cell, stack, 'DELETE_COMPLETE');
}

function isRetained({ logicalId, deletionPolicy }: StackResource, retained: readonly string[]): boolean {
  return deletionPolicy.startsWith('Retain') || retained.includes(logicalId);
}
