import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Stack, StackDefinition, StackResource } from '../world/stacks/stack.ts';
import { activeResources } from './deployment/deployment.ts';
import { changedProperties, needsReplacement } from './differences.ts';
import { dependencies, inOrder } from './graph.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { evaluateWhole } from './template/dynamic-references.ts';
import type { Scope } from './template/intrinsics.ts';
import { type Environment, type ResourceValues, templateScope } from './template/scope.ts';
import type { Properties } from './template/template.ts';

/** What CloudFormation shows in the place of a value that only the deployment will tell. */
const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What deploying a definition would change in a stack. */
export function changesOf(
  stack: Stack,
  definition: StackDefinition,
  environment: Environment,
  providers: ResourceProviders,
): Change[] {
  const changes = new Map<string, ResourceChange>();
  const values = valuesAmid(stack, changes);
  const scope = templateScope(definition.template, definition.parameters, environment, values);
  const desired = activeResources(definition.template, scope);
  for (const logicalId of inOrder(dependencies(desired))) {
    const { Type = '', Properties = {} } = desired[logicalId] ?? {};
    const change = changeOf(
      stack.resources.get(logicalId),
      logicalId,
      Type,
      () => resolve(Properties, scope),
      providers,
    );
    if (change) changes.set(logicalId, change);
  }
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !Object.hasOwn(desired, logicalId));
  const all = [...changes.values(), ...removed.map(removal)];
  return all.map((ResourceChange) => ({ Type: 'Resource', ResourceChange }));
}

/** Resources as they are, but for what changes: of these only what stays the same is known. */
function valuesAmid({ resources }: Stack, changes: ReadonlyMap<string, ResourceChange>): ResourceValues {
  const isStable = (logicalId: string): boolean => {
    const change = changes.get(logicalId);
    return change?.Action === undefined || (change.Action === 'Modify' && change.Replacement === 'False');
  };
  return {
    ref: (logicalId) =>
      isStable(logicalId) ? (resources.get(logicalId)?.physicalId ?? knownAfterApply) : knownAfterApply,
    attribute(logicalId, attribute) {
      const known = resources.get(logicalId)?.attributes[attribute];
      return changes.has(logicalId) ? knownAfterApply : (known ?? knownAfterApply);
    },
  };
}

function resolve(properties: Properties, scope: Scope): Properties {
  return (evaluateWhole(properties, scope) ?? {}) as Properties;
}

function changeOf(
  current: StackResource | undefined,
  logicalId: string,
  type: string,
  properties: () => Properties,
  providers: ResourceProviders,
): ResourceChange | undefined {
  const identity = { LogicalResourceId: logicalId, ResourceType: type, Scope: [], Details: [] };
  if (!current) return { ...identity, Action: 'Add' };
  const changed = changedProperties(current.properties, properties());
  if (changed.length === 0) return undefined;
  const provider = providers(type);
  const details = changed.map((name) => detailOf(name, !provider || needsReplacement(provider, name)));
  const isReplaced = details.some(({ Target }) => Target?.RequiresRecreation === 'Always');
  return {
    ...identity,
    Action: 'Modify',
    PhysicalResourceId: current.physicalId,
    Replacement: isReplaced ? 'True' : 'False',
    Scope: ['Properties'],
    Details: details,
  };
}

function detailOf(name: string, isReplacing: boolean): ResourceChangeDetail {
  return {
    Target: { Attribute: 'Properties', Name: name, RequiresRecreation: isReplacing ? 'Always' : 'Never' },
    Evaluation: 'Static',
    ChangeSource: 'DirectModification',
  };
}

function removal({ logicalId, physicalId, type, deletionPolicy }: StackResource): ResourceChange {
  return {
    Action: 'Remove',
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    PolicyAction: deletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete',
    Scope: [],
    Details: [],
  };
}
