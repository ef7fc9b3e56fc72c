import { isDeepStrictEqual } from 'node:util';
import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { activeResources } from '../../cloudformation/deployment/deployment.ts';
import { missingValue } from '../../cloudformation/deployment/parameter-values.ts';
import type { ResourceProviders } from '../../cloudformation/resource-provider.ts';
import { checkCapabilities } from '../../cloudformation/template/capabilities.ts';
import { resolveParameters } from '../../cloudformation/template/parameters.ts';
import { parseTemplate } from '../../cloudformation/template/parse.ts';
import { checkRules } from '../../cloudformation/template/rules.ts';
import { type Environment, noResources, templateScope } from '../../cloudformation/template/scope.ts';
import { validateTemplate } from '../../cloudformation/template/validate.ts';
import { validationError } from '../../cloudformation/validation-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Stack, StackDefinition } from '../../world/stacks/stack.ts';
import { checkServiceRole } from './service-role.ts';
import { readTemplateBody, type TemplateSource } from './template-body.ts';

/** What CreateStack, UpdateStack and CreateChangeSet have in common. */
export interface DefinitionInput extends TemplateSource {
  Parameters?: Parameter[] | undefined;
  Capabilities?: Capability[] | undefined;
  Tags?: Tag[] | undefined;
  NotificationARNs?: string[] | undefined;
  RoleARN?: string | undefined;
}

/** Reads what a call says a stack should be; what it leaves out stays as it was. */
export function readDefinition(
  input: DefinitionInput,
  cell: Cell,
  previous?: StackDefinition,
): StackDefinition {
  const body = readTemplateBody(input, cell, previous);
  const template = parseTemplate(body);
  validateTemplate(template);
  const parameters = resolveParameters(template, input.Parameters ?? [], previous?.parameters, (reference) =>
    cell.parameters.valueOf(reference),
  );
  if (input.RoleARN !== undefined) checkServiceRole(input.RoleARN, cell);
  checkCapabilities(template, input.Capabilities ?? []);
  return {
    body,
    template,
    parameters,
    capabilities: input.Capabilities ?? [],
    tags: input.Tags ?? previous?.tags ?? [],
    notificationArns: input.NotificationARNs ?? previous?.notificationArns ?? [],
    roleArn: input.RoleARN ?? previous?.roleArn,
  };
}

/**
 * Checks what can only be known with the parameters: rules, conditions, and that each type can be deployed here.
 *
 * @throws AwsError `ValidationError`
 */
export function checkDeployable(
  { template, parameters }: StackDefinition,
  environment: Environment,
  providers: ResourceProviders,
): void {
  const scope = templateScope(template, parameters, environment, noResources);
  // A value that names nothing breaks rules about it; the deployment says which it is.
  if (missingValue(environment.namedValues) === undefined) checkRules(template, scope);
  const types = Object.values(activeResources(template, scope)).map(({ Type }) => Type);
  const unknown = [...new Set(types)].filter((type) => !providers(type));
  if (unknown.length > 0) {
    throw validationError(
      `Template format error: Unrecognized resource types: [${unknown.join(', ')}] (not supported by this local AWS)`,
    );
  }
}

/** @throws AwsError `ValidationError` where nothing changes, or what cannot be changed */
export function checkUpdate({ definition: current }: Stack, desired: StackDefinition): void {
  if (isDeepStrictEqual(substance(current), substance(desired))) {
    throw validationError('No updates are to be performed.');
  }
  const retyped = Object.entries(desired.template.Resources).filter(([logicalId, { Type }]) => {
    const existing = current.template.Resources[logicalId];
    return existing !== undefined && existing.Type !== Type;
  });
  if (retyped.length > 0) {
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.map(([logicalId]) => logicalId).join(', ')}]`,
    );
  }
}

/** What makes a difference when it changes: not how the template is written, nor what it says about itself. */
function substance({ template, parameters, tags, notificationArns }: StackDefinition): unknown {
  const { Resources, Outputs, Conditions, Mappings } = template;
  return { Resources, Outputs, Conditions, Mappings, parameters, tags, notificationArns };
}
