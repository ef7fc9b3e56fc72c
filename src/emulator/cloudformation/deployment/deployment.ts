import type { Cell } from '../../core/cell.ts';
import type { Call } from '../../core/service.ts';
import type { Stack, StackDefinition, StackResource } from '../../world/stacks/stack.ts';
import { dependencies, type Graph } from '../graph.ts';
import type { ResourceContext, ResourceProviders } from '../resource-provider.ts';
import type { Scope } from '../template/intrinsics.ts';
import { type Environment, type ResourceValues, templateScope } from '../template/scope.ts';
import type { ResourceDefinition, Template } from '../template/template.ts';
import { newCancellation } from './cancellation.ts';
import { physicalName } from './physical-name.ts';

/** One operation on a stack under way: what it works with. */
export interface Deployment {
  stack: Stack;
  call: Call;
  cell: Cell;
  providers: ResourceProviders;
  environment: Environment;
  /** Aborted, with a `CancellationReason`, to start nothing more and to wait for nothing that can be left. */
  cancellation: AbortController;
}

/** The same work with nothing cancelled: what has to be undone is undone to the end. */
export function uncancelled(deployment: Deployment): Deployment {
  return { ...deployment, cancellation: newCancellation() };
}

/** A definition's scope over the resources of its stack as they are when asked. */
function deploymentScope(
  { stack, environment }: Deployment,
  { template, parameters }: StackDefinition,
): Scope {
  return templateScope(template, parameters, environment, valuesOf(stack.resources));
}

function valuesOf(resources: ReadonlyMap<string, StackResource>): ResourceValues {
  return {
    ref: (logicalId) => resources.get(logicalId)?.physicalId,
    attribute: (logicalId, attribute) => attributeOf(resources.get(logicalId)?.attributes, attribute),
  };
}

/** An attribute by its name, which may hold dots, or by a path into what attributes hold. */
function attributeOf(attributes: Readonly<Record<string, unknown>> | undefined, name: string): unknown {
  if (attributes === undefined || Object.hasOwn(attributes, name)) return attributes?.[name];
  const [first = '', ...rest] = name.split('.');
  const nested = attributes[first];
  return rest.length > 0 && typeof nested === 'object' && nested !== null
    ? attributeOf(nested as Readonly<Record<string, unknown>>, rest.join('.'))
    : undefined;
}

/** What a definition wants: the resources whose condition holds, with what each depends on. */
export interface DesiredResources {
  resources: Readonly<Record<string, ResourceDefinition>>;
  graph: Graph;
  scope: Scope;
}

export function desiredResources(deployment: Deployment, definition: StackDefinition): DesiredResources {
  const scope = deploymentScope(deployment, definition);
  const resources = activeResources(definition.template, scope);
  return { resources, graph: dependencies(resources), scope };
}

export function activeResources({ Resources }: Template, scope: Scope): Record<string, ResourceDefinition> {
  return Object.fromEntries(
    Object.entries(Resources).filter(
      ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
    ),
  );
}

/** Existing resources with what each depends on. */
export function graphOf(resources: Iterable<StackResource>): Graph {
  return new Map([...resources].map(({ logicalId, dependsOn }) => [logicalId, dependsOn]));
}

/** What a provider is told about the resource that it works on. */
export function contextOf(
  { stack, call, cell, cancellation }: Deployment,
  resource: StackResource,
  initiated: (physicalId: string) => void,
): ResourceContext {
  const own = { 'stack-name': stack.name, 'stack-id': stack.id, 'logical-id': resource.logicalId };
  return {
    call,
    cell,
    stackId: stack.id,
    stackName: stack.name,
    logicalId: resource.logicalId,
    type: resource.type,
    tags: [
      ...stack.definition.tags,
      ...Object.entries(own).map(([key, value]) => ({ Key: `aws:cloudformation:${key}`, Value: value })),
    ],
    physicalName: (maxLength) => physicalName(stack.name, resource.logicalId, maxLength, cell.random),
    initiated,
    signal: cancellation.signal,
  };
}
