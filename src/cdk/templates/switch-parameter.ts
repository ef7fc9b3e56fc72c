import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/** A parameter that is `true` or `false`, and the condition that it is `true`. */
export interface Switch {
  readonly parameter: CfnParameter;
  readonly isOn: CfnCondition;
}

export function switchParameter(
  stack: Stack,
  id: string,
  { description, isOn }: { readonly description: string; readonly isOn: boolean },
): Switch {
  const parameter = yesOrNo(stack, id, { description, isOn });
  const expression = Fn.conditionEquals(parameter.valueAsString, 'true');
  return { parameter, isOn: new CfnCondition(stack, `Has${id}`, { expression }) };
}

/** Without a condition, for what is `true` or `false` in the configuration. */
export function yesOrNo(
  stack: Stack,
  id: string,
  { description, isOn }: { readonly description: string; readonly isOn: boolean },
): CfnParameter {
  return new CfnParameter(stack, id, {
    allowedValues: ['true', 'false'],
    constraintDescription: 'must be true or false',
    default: String(isOn),
    description,
    type: 'String',
  });
}
