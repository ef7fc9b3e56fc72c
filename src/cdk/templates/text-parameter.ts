import { CfnCondition, CfnParameter, Fn, type ICfnRuleConditionExpression, type Stack } from 'aws-cdk-lib';

export interface TextParameterProps {
  readonly description: string;
  /** What the pattern says, in words: `the ARN of a role`. */
  readonly expected: string;
  readonly pattern: string;
}

/** A parameter that must have a text. */
export function requiredText(
  stack: Stack,
  id: string,
  { description, expected, pattern }: TextParameterProps,
): CfnParameter {
  return new CfnParameter(stack, id, {
    allowedPattern: `^${pattern}$`,
    constraintDescription: `must be ${expected}`,
    description,
    type: 'String',
  });
}

/** A parameter that may be left empty, and the condition that it is not, which is made when it is asked for. */
export interface OptionalText {
  readonly parameter: CfnParameter;
  readonly isGiven: CfnCondition;
}

/** AWS’s own types of parameters allow no empty value, so one that may be empty is text with a pattern. */
export function optionalText(
  stack: Stack,
  id: string,
  { description, expected, pattern }: TextParameterProps,
): OptionalText {
  const parameter = new CfnParameter(stack, id, {
    allowedPattern: `^$|^${pattern}$`,
    constraintDescription: `must be ${expected}, or empty`,
    default: '',
    description,
    type: 'String',
  });
  let made: CfnCondition | undefined;
  return {
    parameter,
    get isGiven() {
      made ??= new CfnCondition(stack, `Has${id}`, { expression: isNotEmpty(parameter) });
      return made;
    },
  };
}

/** For rules, which may not refer to conditions. */
export function isEmpty(parameter: CfnParameter): ICfnRuleConditionExpression {
  return Fn.conditionEquals(parameter.valueAsString, '') as ICfnRuleConditionExpression;
}

export function isNotEmpty(parameter: CfnParameter): ICfnRuleConditionExpression {
  return Fn.conditionNot(isEmpty(parameter)) as ICfnRuleConditionExpression;
}
