import { validationError } from '../validation-error.ts';
import { isTrue } from './conditions.ts';
import type { Scope } from './intrinsics.ts';
import { isRecord, type Template } from './template.ts';

/**
 * Checks the parameters against the template's rules.
 *
 * @throws AwsError `ValidationError` with the description of the first assertion that does not hold
 */
export function checkRules(template: Template, scope: Scope): void {
  for (const [name, rule] of Object.entries(template.Rules)) {
    if (rule.RuleCondition !== undefined && !isTrue(rule.RuleCondition, scope)) continue;
    const broken = rule.Assertions.find(({ Assert }) => !isTrue(Assert, scope));
    if (broken) {
      throw validationError(
        `Template validation error: Rule ${name} is violated: ${broken.AssertDescription ?? JSON.stringify(broken.Assert)}`,
      );
    }
  }
}

/** What rules may use: they are evaluated before anything is known but parameters. */
const ofRules = new Set([
  'Ref',
  'Fn::And',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::Equals',
  'Fn::Not',
  'Fn::Or',
  'Fn::RefAll',
  'Fn::ValueOf',
  'Fn::ValueOfAll',
]);

/**
 * Checks that rules use no other functions than they may, and no conditions.
 *
 * @throws AwsError `ValidationError`
 */
export function checkRuleFunctions({ Rules }: Template): void {
  for (const [name, { RuleCondition, Assertions }] of Object.entries(Rules)) {
    const used = [RuleCondition, ...Assertions.map(({ Assert }) => Assert)].flatMap(functionsIn);
    const unknown = [...new Set(used.filter((one) => !ofRules.has(one)))];
    if (unknown.length > 0) {
      throw validationError(
        `Template format error: Rule ${name} uses functions that rules do not have: [${unknown.join(', ')}]`,
      );
    }
  }
}

function functionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(functionsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, argument]) => [name, ...functionsIn(argument)]);
}
