import type { StackResource } from '../../world/stacks/stack.ts';
import { changedProperties, needsReplacement } from '../differences.ts';
import { ResourceFailure } from '../resource-provider.ts';
import type { Properties } from '../template/template.ts';
import { attempt } from './attempt.ts';
import { createResource, keep, provide, providerOf, resolveProperties, upkeepOf } from './create-resource.ts';
import { contextOf, type Deployment, type DesiredResources } from './deployment.ts';
import { recordResource } from './record.ts';

const replacementReason =
  'Requested update requires the creation of a new physical resource; hence creating one.';

/**
 * Makes a resource what the template wants: a new one, the same one changed, or one in its place. What it is in the
 * place of is left for the cleanup.
 */
export async function convergeResource(
  deployment: Deployment,
  desired: DesiredResources,
  logicalId: string,
): Promise<boolean> {
  const { stack, cancellation } = deployment;
  const resource = stack.resources.get(logicalId);
  if (cancellation.signal.aborted) return false;
  if (!resource) return createResource(deployment, desired, logicalId);
  Object.assign(resource, upkeepOf(desired, logicalId));
  let properties: Properties;
  try {
    properties = resolveProperties(desired, logicalId);
  } catch (error) {
    return attempt(deployment, resource, 'UPDATE', () => Promise.reject(error));
  }
  const changed = changedProperties(resource.properties, properties);
  if (changed.length === 0) return true;
  const provider = providerOf(deployment, resource.type);
  return changed.some((property) => needsReplacement(provider, property))
    ? replaceResource(deployment, resource, properties)
    : changeResource(deployment, resource, properties);
}

/** Changes a physical resource in place; its provider may still answer with another one. */
export async function changeResource(
  deployment: Deployment,
  resource: StackResource,
  properties: Properties,
): Promise<boolean> {
  const previous = resource.properties;
  resource.properties = properties;
  return attempt(deployment, resource, 'UPDATE', async () => {
    recordResource(deployment.cell, deployment.stack, resource, 'UPDATE_IN_PROGRESS');
    const provider = providerOf(deployment, resource.type);
    if (!provider.update)
      throw new ResourceFailure(`Resource type ${resource.type} cannot be updated in place`);
    const context = contextOf(deployment, resource, (physicalId) => {
      resource.physicalId = physicalId;
    });
    keep(resource, await provider.update(resource.physicalId ?? '', properties, previous, context));
  });
}

async function replaceResource(
  deployment: Deployment,
  resource: StackResource,
  properties: Properties,
): Promise<boolean> {
  const { physicalId, properties: previous } = resource;
  resource.properties = properties;
  return attempt(deployment, resource, 'UPDATE', async () => {
    recordResource(deployment.cell, deployment.stack, resource, 'UPDATE_IN_PROGRESS', replacementReason);
    // Told apart from the one before by having no id yet: an API's stage may be called what the other API's was.
    resource.physicalId = undefined;
    try {
      await provide(deployment, resource, 'UPDATE_IN_PROGRESS');
    } finally {
      if (resource.physicalId === undefined) Object.assign(resource, { physicalId, properties: previous });
      else resource.replacements++;
    }
  });
}
