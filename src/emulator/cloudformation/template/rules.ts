import { validationError } from '../validation-error.ts';
import { isTrue } from './conditions.ts';
import type { Scope } from './intrinsics.ts';
import type { Template } from './template.ts';

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
