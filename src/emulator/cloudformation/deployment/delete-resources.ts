import { AwsError } from '../../core/aws-error.ts';
import type { StackResource } from '../../world/stacks/stack.ts';
import { followGraph, reversed } from '../graph.ts';
import { saysGone } from '../says-gone.ts';
import { waitFor } from '../waiting.ts';
import { providerOf } from './create-resource.ts';
import { contextOf, type Deployment, graphOf } from './deployment.ts';
import { failureReason } from './failure-reason.ts';
import { recordResource } from './record.ts';

/**
 * Deletes resources, each after all that depend on it, but for those that `retains` says stay. What could not be
 * deleted is `DELETE_FAILED` afterwards, and what it depends on is left alone.
 */
export async function deleteResources(
  deployment: Deployment,
  resources: readonly StackResource[],
  retains: (resource: StackResource) => boolean,
): Promise<boolean> {
  const existing = resources.filter(exists);
  const byId = new Map(existing.map((resource) => [resource.logicalId, resource]));
  return followGraph(reversed(graphOf(existing)), async (logicalId) => {
    const resource = byId.get(logicalId);
    return resource === undefined || deleteResource(deployment, resource, retains(resource));
  });
}

/** Whether there is something to delete. */
export function exists({ physicalId, status }: StackResource): boolean {
  return physicalId !== undefined && status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED';
}

async function deleteResource(
  deployment: Deployment,
  resource: StackResource,
  retained: boolean,
): Promise<boolean> {
  const { cell, stack } = deployment;
  if (retained) {
    recordResource(cell, stack, resource, 'DELETE_SKIPPED');
    return true;
  }
  recordResource(cell, stack, resource, 'DELETE_IN_PROGRESS');
  try {
    await persist(deployment, () => remove(deployment, resource));
  } catch (error) {
    recordResource(cell, stack, resource, 'DELETE_FAILED', failureReason(error, cell.random));
    return false;
  }
  recordResource(cell, stack, resource, 'DELETE_COMPLETE');
  return true;
}

async function remove(deployment: Deployment, resource: StackResource): Promise<void> {
  const context = contextOf(deployment, resource, () => {});
  try {
    await providerOf(deployment, resource.type).delete(
      resource.physicalId ?? '',
      resource.properties,
      context,
    );
  } catch (error) {
    if (!saysGone(error)) throw error;
  }
}

const patience = 600_000;

/** Tries again while something still depends on the resource: interfaces outlive their load balancer for a while. */
async function persist({ cell, cancellation }: Deployment, work: () => Promise<void>): Promise<void> {
  const end = cell.clock.now() + patience;
  await waitFor(
    async () => {
      try {
        await work();
        return true;
      } catch (error) {
        const isHeld = error instanceof AwsError && error.code === 'DependencyViolation';
        if (!isHeld || cell.clock.now() >= end) throw error;
        return undefined;
      }
    },
    { clock: cell.clock, signal: cancellation.signal, interval: 5_000 },
  );
}
