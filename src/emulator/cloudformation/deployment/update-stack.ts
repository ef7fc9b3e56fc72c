import type { StackDefinition, StackResource } from '../../world/stacks/stack.ts';
import { changedProperties } from '../differences.ts';
import { followGraph } from '../graph.ts';
import { deleteResources, exists } from './delete-resources.ts';
import { type Deployment, desiredResources, graphOf, uncancelled } from './deployment.ts';
import { failedResources } from './failed-resources.ts';
import { outputsOf } from './outputs.ts';
import { missingValue } from './parameter-values.ts';
import { recordResource, recordStack } from './record.ts';
import { changeResource, convergeResource } from './update-resource.ts';

type Resources = ReadonlyMap<string, StackResource>;

/** What a stack was before an update. */
interface Before {
  definition: StackDefinition;
  resources: Resources;
}

/** Makes a stack what a new definition wants, then deletes what that left over; where it fails, goes the way back. */
export async function updateStack(deployment: Deployment, definition: StackDefinition): Promise<void> {
  const { cell, stack } = deployment;
  const before = { definition: stack.definition, resources: copies(stack.resources) };
  stack.definition = definition;
  stack.updatedAt = cell.clock.now();
  const failure = await converge(deployment);
  if (failure !== undefined) return rollBack(uncancelled(deployment), before, failure);
  recordStack(cell, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const desired = desiredResources(deployment, definition).resources;
  keepOnly(stack.resources, (logicalId) => Object.hasOwn(desired, logicalId));
  await deleteResources(deployment, leftOver(before.resources, stack.resources), (resource) => {
    const isReplaced = stack.resources.has(resource.logicalId);
    return (isReplaced ? resource.updateReplacePolicy : resource.deletionPolicy).startsWith('Retain');
  });
  recordStack(cell, stack, 'UPDATE_COMPLETE');
}

/** Why the stack could not become what its definition wants, where that is so. */
async function converge(deployment: Deployment): Promise<string | undefined> {
  const { stack } = deployment;
  const { definition } = stack;
  try {
    const missing = missingValue(deployment.environment.namedValues);
    if (missing !== undefined) return missing;
    const desired = desiredResources(deployment, definition);
    const complete = await followGraph(desired.graph, (id) => convergeResource(deployment, desired, id));
    if (!complete) return failedResources(stack);
    stack.outputs = outputsOf(deployment, definition.template, desired.scope);
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}. `;
  }
}

async function rollBack(deployment: Deployment, before: Before, failure: string): Promise<void> {
  const { cell, stack } = deployment;
  recordStack(cell, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', failure);
  stack.definition = before.definition;
  const reached = copies(stack.resources);
  const restored = await followGraph(graphOf(before.resources.values()), (id) =>
    restore(deployment, before, id),
  );
  if (!restored) return recordStack(cell, stack, 'UPDATE_ROLLBACK_FAILED', failedResources(stack));
  recordStack(cell, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  keepOnly(stack.resources, (logicalId) => before.resources.has(logicalId));
  const leftovers = leftOver(reached, before.resources);
  await deleteResources(deployment, leftovers, ({ deletionPolicy }) => deletionPolicy === 'Retain');
  recordStack(cell, stack, 'UPDATE_ROLLBACK_COMPLETE');
}

/** Puts the resource back that was replaced, or changes back the one that was changed. */
async function restore(deployment: Deployment, { resources }: Before, logicalId: string): Promise<boolean> {
  const { cell, stack } = deployment;
  const before = resources.get(logicalId);
  const reached = stack.resources.get(logicalId);
  if (!before || !reached) return true;
  if (!isSame(reached, before)) {
    const returned = { ...before };
    stack.resources.set(logicalId, returned);
    recordResource(cell, stack, returned, 'UPDATE_COMPLETE');
    return true;
  }
  const { dependsOn, deletionPolicy, updateReplacePolicy } = before;
  Object.assign(reached, { dependsOn, deletionPolicy, updateReplacePolicy });
  if (changedProperties(reached.properties, before.properties).length > 0) {
    return changeResource(deployment, reached, before.properties);
  }
  if (reached.status === 'UPDATE_FAILED') recordResource(cell, stack, reached, 'UPDATE_COMPLETE');
  return true;
}

function copies(resources: Resources): Map<string, StackResource> {
  return new Map([...resources].map(([logicalId, resource]) => [logicalId, { ...resource }]));
}

function keepOnly(resources: Map<string, StackResource>, isKept: (logicalId: string) => boolean): void {
  for (const logicalId of resources.keys()) {
    if (!isKept(logicalId)) resources.delete(logicalId);
  }
}

/** What `from` has and `to` has not: resources that are gone from it, and what others have taken the place of. */
function leftOver(from: Resources, to: Resources): StackResource[] {
  return [...from.values()].filter(
    (resource) => exists(resource) && !isSame(resource, to.get(resource.logicalId)),
  );
}

/** Whether the physical resource is one and the same. */
function isSame(one: StackResource, other: StackResource | undefined): boolean {
  return one.physicalId === other?.physicalId && one.replacements === other?.replacements;
}
