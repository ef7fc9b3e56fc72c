import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/** A number that is zero where it is not wanted, and the condition that it is. */
export interface OptionalNumber {
  readonly parameter: CfnParameter;
  readonly isGiven: CfnCondition;
}

/** A parameter of type Number has no way to be empty: zero says so. */
export function optionalNumber(
  stack: Stack,
  id: string,
  { description, maxValue }: { readonly description: string; readonly maxValue?: number },
): OptionalNumber {
  const parameter = new CfnParameter(stack, id, {
    constraintDescription: `must be a number from 0${maxValue === undefined ? '' : ` to ${maxValue}`}`,
    default: 0,
    description,
    maxValue,
    minValue: 0,
    type: 'Number',
  });
  const expression = Fn.conditionNot(Fn.conditionEquals(parameter.valueAsNumber, 0));
  return { parameter, isGiven: new CfnCondition(stack, `Has${id}`, { expression }) };
}
