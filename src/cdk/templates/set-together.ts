import { type CfnParameter, CfnRule, Fn, type ICfnRuleConditionExpression, type Stack } from 'aws-cdk-lib';
import { isEmpty, isNotEmpty } from './text-parameter.ts';

/** Refuses some of the parameters without the others; the reason says which to set. */
export function setTogether(
  stack: Stack,
  id: string,
  { parameters, reason }: { readonly parameters: readonly CfnParameter[]; readonly reason: string },
): void {
  const allOrNone = Fn.conditionOr(
    Fn.conditionAnd(...parameters.map(isEmpty)),
    Fn.conditionAnd(...parameters.map(isNotEmpty)),
  );
  new CfnRule(stack, id, {
    assertions: [{ assert: allOrNone as ICfnRuleConditionExpression, assertDescription: reason }],
  });
}
