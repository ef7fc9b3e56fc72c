import { validationError } from '../validation-error.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { isRecord, type Template } from './template.ts';

type ConditionFunction = (argument: unknown, scope: Scope) => boolean;

const functions: Readonly<Record<string, ConditionFunction>> = {
  Condition: (name, scope) => scope.condition(String(name)),
  'Fn::And': (conditions, scope) => several(conditions, 'Fn::And').every((one) => isTrue(one, scope)),
  'Fn::Or': (conditions, scope) => several(conditions, 'Fn::Or').some((one) => isTrue(one, scope)),
  'Fn::Not': (conditions, scope) => !isTrue(list(conditions)[0], scope),
  'Fn::Equals'(values, scope) {
    const [left, right] = list(values).map((value) => comparable(evaluate(value, scope)));
    return left === right;
  },
  // The last three serve `Rules` alone.
  'Fn::Contains'(argument, scope) {
    const [values, wanted] = list(argument).map((value) => evaluate(value, scope));
    return list(values).map(comparable).includes(comparable(wanted));
  },
  'Fn::EachMemberEquals'(argument, scope) {
    const [values, wanted] = list(argument).map((value) => evaluate(value, scope));
    return list(values).every((value) => comparable(value) === comparable(wanted));
  },
  'Fn::EachMemberIn'(argument, scope) {
    const [values, allowed] = list(argument).map((value) => evaluate(value, scope));
    const known = new Set(list(allowed).map(comparable));
    return list(values).every((value) => known.has(comparable(value)));
  },
};

/**
 * Whether a condition function holds.
 *
 * @throws AwsError `ValidationError` where it is not a condition function
 */
export function isTrue(condition: unknown, scope: Scope): boolean {
  const [name, ...others] = isRecord(condition) ? Object.keys(condition) : [];
  const known = name === undefined ? undefined : functions[name];
  if (!isRecord(condition) || name === undefined || !known || others.length > 0) {
    throw validationError(
      `Template error: every condition must be one of [${Object.keys(functions).join(', ')}], got ${JSON.stringify(condition)}`,
    );
  }
  return known(condition[name], scope);
}

/** Answers for a template's named conditions; each is evaluated once, when it is first asked for. */
export function conditionsOf(template: Template, scope: () => Scope): (name: string) => boolean {
  const known = new Map<string, boolean | 'evaluating'>();
  return (name) => {
    const answer = known.get(name);
    if (answer === 'evaluating') {
      throw validationError(
        `Template error: Found circular condition dependency between conditions: [${name}]`,
      );
    }
    if (answer !== undefined) return answer;
    if (!Object.hasOwn(template.Conditions, name)) {
      throw validationError(`Template format error: Unresolved condition dependency ${name}`);
    }
    known.set(name, 'evaluating');
    const holds = isTrue(template.Conditions[name], scope());
    known.set(name, holds);
    return holds;
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
function several(value: unknown, name: string): readonly unknown[] {
  const conditions = list(value);
  if (conditions.length >= 2 && conditions.length <= 10) return conditions;
  throw validationError(
    `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  );
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw validationError(`Template error: a condition function requires a list, got ${JSON.stringify(value)}`);
}

/** Numbers and booleans compare as the text that they are in a parameter. */
function comparable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
