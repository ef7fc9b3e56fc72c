import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';

/** What CloudWatch Logs offers, in days, up to ten years. */
const choices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A parameter for how long the logs of the stack's functions are kept: of all that it has by then. */
export function logRetention(stack: Stack): CfnParameter {
  const parameter = new CfnParameter(stack, 'LogRetentionInDays', {
    allowedValues: choices.map(String),
    default: 30,
    description: 'How long the logs of the functions are kept, in days',
    type: 'Number',
  });
  for (const group of stack.node.findAll()) {
    if (group instanceof CfnLogGroup) group.retentionInDays = parameter.valueAsNumber;
  }
  return parameter;
}
