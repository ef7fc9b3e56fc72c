import { type CfnCondition, CfnRule, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type OptionalPart, object, text } from './config-text.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import { isNotEmpty, optionalText } from './text-parameter.ts';

/** A role that is assumed for a source or a sink, as parameters. */
export class AssumedRole {
  readonly config: OptionalPart;
  readonly isGiven: CfnCondition;
  readonly parameters: ParameterGroup['parameters'];

  /** What the function has to be permitted, where the role is given. */
  readonly statement: iam.PolicyStatement;

  constructor(stack: Stack, id: string, purpose: string) {
    const role = optionalText(stack, `${id}RoleArn`, {
      description: `Role to assume for ${purpose}, in this account or another; it has to trust the function’s own`,
      expected: 'the ARN of a role',
      pattern: patterns.roleArn,
    });
    const externalId = optionalText(stack, `${id}ExternalId`, {
      description: 'External id that the role’s trust policy asks for',
      expected: 'an external id as STS takes it',
      pattern: patterns.externalId,
    });
    new CfnRule(stack, `${id}ExternalIdOfRole`, {
      ruleCondition: isNotEmpty(externalId.parameter),
      assertions: [
        {
          assert: isNotEmpty(role.parameter),
          assertDescription: `${id}ExternalId is for the role: set ${id}RoleArn too`,
        },
      ],
    });
    this.isGiven = role.isGiven;
    this.config = [
      role.isGiven,
      object({ arn: text(role.parameter) }, { externalId: [externalId.isGiven, text(externalId.parameter)] }),
    ];
    this.statement = new iam.PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: [role.parameter.valueAsString],
    });
    this.parameters = [
      [role.parameter, 'Role to assume'],
      [externalId.parameter, 'External id of the role'],
    ];
  }
}
