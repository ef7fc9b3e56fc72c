import { AwsError } from '../../core/aws-error.ts';
import type { StackResource } from '../../world/stacks/stack.ts';
import { type ProvidedResource, ResourceFailure, type ResourceProvider } from '../resource-provider.ts';
import { evaluateWhole } from '../template/dynamic-references.ts';
import type { Properties } from '../template/template.ts';
import { attempt } from './attempt.ts';
import { contextOf, type Deployment, type DesiredResources } from './deployment.ts';
import { recordResource } from './record.ts';

/** Makes a resource of a stack; whether it succeeded. */
export async function createResource(
  deployment: Deployment,
  desired: DesiredResources,
  logicalId: string,
): Promise<boolean> {
  const { cell, stack, cancellation } = deployment;
  if (cancellation.signal.aborted) return false;
  const resource = newResource(desired, logicalId);
  stack.resources.set(logicalId, resource);
  return attempt(deployment, resource, 'CREATE', async () => {
    try {
      resource.properties = resolveProperties(desired, logicalId);
    } finally {
      recordResource(cell, stack, resource, 'CREATE_IN_PROGRESS');
    }
    await provide(deployment, resource, 'CREATE_IN_PROGRESS');
  });
}

/** Has a new physical resource made, and told as soon as it has an id. */
export async function provide(
  deployment: Deployment,
  resource: StackResource,
  status: 'CREATE_IN_PROGRESS' | 'UPDATE_IN_PROGRESS',
): Promise<void> {
  const initiated = (physicalId: string): void => {
    if (resource.physicalId === physicalId) return;
    resource.physicalId = physicalId;
    recordResource(deployment.cell, deployment.stack, resource, status, 'Resource creation Initiated');
  };
  const context = contextOf(deployment, resource, initiated);
  const provided = await providerOf(deployment, resource.type).create(resource.properties, context);
  initiated(provided.physicalId);
  keep(resource, provided);
}

export function keep(resource: StackResource, { physicalId, attributes = {} }: ProvidedResource): void {
  resource.physicalId = physicalId;
  resource.attributes = attributes;
}

export function providerOf({ providers }: Deployment, type: string): ResourceProvider {
  const provider = providers(type);
  if (!provider) throw new ResourceFailure(`Resource type ${type} is not supported by this local AWS`);
  return provider;
}

/** @throws ResourceFailure where a function in the properties cannot be resolved */
export function resolveProperties({ resources, scope }: DesiredResources, logicalId: string): Properties {
  try {
    return (evaluateWhole(resources[logicalId]?.Properties ?? {}, scope) ?? {}) as Properties;
  } catch (error) {
    throw error instanceof AwsError ? new ResourceFailure(error.message) : error;
  }
}

function newResource(desired: DesiredResources, logicalId: string): StackResource {
  return {
    logicalId,
    type: desired.resources[logicalId]?.Type ?? '',
    physicalId: undefined,
    replacements: 0,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    updatedAt: 0,
    properties: {},
    attributes: {},
    ...upkeepOf(desired, logicalId),
  };
}

/** What a template says of a resource besides its properties. */
export function upkeepOf(
  { resources, graph }: DesiredResources,
  logicalId: string,
): Pick<StackResource, 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy'> {
  const definition = resources[logicalId];
  return {
    dependsOn: graph.get(logicalId) ?? new Set(),
    deletionPolicy: definition?.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: definition?.UpdateReplacePolicy ?? 'Delete',
  };
}
