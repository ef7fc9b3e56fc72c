import { type CfnCondition, CfnResource, Fn, type IResolvable } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Makes a construct's resources depend on a condition. */
export function onlyIf(condition: CfnCondition, ...constructs: IConstruct[]): void {
  for (const construct of constructs.flatMap(({ node }) => node.findAll())) {
    if (construct instanceof CfnResource) construct.cfnOptions.condition = condition;
  }
}

/** The value where the condition holds, and nothing where it does not. */
export function where({ logicalId }: CfnCondition, value: unknown): IResolvable {
  return Fn.conditionIf(logicalId, value, { Ref: 'AWS::NoValue' });
}
