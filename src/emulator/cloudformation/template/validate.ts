import { circle, dependencies } from '../graph.ts';
import { validationError } from '../validation-error.ts';
import { conditionsIn, referencesIn } from './references.ts';
import { checkRuleFunctions } from './rules.ts';
import type { Template } from './template.ts';

/**
 * Checks what a template refers to: parameters, resources, conditions.
 *
 * @throws AwsError `ValidationError`, in CloudFormation's words
 */
export function validateTemplate(template: Template): void {
  checkReferences(
    template,
    'Resources',
    Object.values(template.Resources).map(({ Properties }) => Properties),
  );
  checkReferences(template, 'Outputs', Object.values(template.Outputs));
  checkDependsOn(template);
  checkConditions(template);
  checkRuleFunctions(template);
  const circular = circle(dependencies(template.Resources));
  if (circular.length > 0)
    throw validationError(`Circular dependency between resources: [${circular.join(', ')}]`);
}

function checkReferences(template: Template, block: string, values: readonly unknown[]): void {
  const references = values.flatMap(referencesIn);
  const unresolved = references.filter(({ name, by }) => by === 'Ref' && !isDefined(template, name));
  if (unresolved.length > 0)
    throw unresolvedDependencies(
      unresolved.map(({ name }) => name),
      block,
    );
  const attribute = references.find(
    ({ name, by }) => by === 'Fn::GetAtt' && !Object.hasOwn(template.Resources, name),
  );
  if (attribute) {
    throw validationError(
      `Template error: instance of Fn::GetAtt references undefined resource ${attribute.name}`,
    );
  }
}

function checkDependsOn({ Resources }: Template): void {
  const names = Object.values(Resources).flatMap(({ DependsOn = [] }) => DependsOn);
  const unresolved = names.filter((name) => !Object.hasOwn(Resources, name));
  if (unresolved.length > 0) throw unresolvedDependencies(unresolved, 'Resources');
}

function checkConditions({ Conditions, Resources, Outputs }: Template): void {
  const asked = [...Object.values(Resources), ...Object.values(Outputs)].flatMap((member) => [
    ...(member.Condition === undefined ? [] : [member.Condition]),
    ...conditionsIn({ ...member, Metadata: undefined }),
  ]);
  const unknown = asked.find((name) => !Object.hasOwn(Conditions, name));
  if (unknown !== undefined) {
    throw validationError(
      `Template format error: Unresolved condition dependency ${unknown} in the Resources block of the template`,
    );
  }
}

const pseudoParameter =
  /^AWS::(AccountId|NoValue|NotificationARNs|Partition|Region|StackId|StackName|URLSuffix)$/;

function isDefined({ Parameters, Resources }: Template, name: string): boolean {
  return pseudoParameter.test(name) || Object.hasOwn(Parameters, name) || Object.hasOwn(Resources, name);
}

function unresolvedDependencies(names: readonly string[], block: string): ReturnType<typeof validationError> {
  const unique = [...new Set(names)].join(', ');
  return validationError(
    `Template format error: Unresolved resource dependencies [${unique}] in the ${block} block of the template`,
  );
}
