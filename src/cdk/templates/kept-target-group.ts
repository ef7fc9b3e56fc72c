import type { CfnParameter, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { bare, literal, type OptionalPart, object, type Part, text } from './config-text.ts';
import { type OptionalNumber, optionalNumber } from './number-parameter.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import { type OptionalText, optionalText, requiredText } from './text-parameter.ts';

/** The target group that an updater keeps, as parameters. */
export class KeptTargetGroup {
  readonly parameters: ParameterGroup['parameters'];
  readonly targetGroup: elbv2.ITargetGroup;

  readonly #arn: CfnParameter;
  readonly #port: OptionalNumber;
  readonly #zone: OptionalText;

  constructor(stack: Stack) {
    this.#arn = requiredText(stack, 'TargetGroupArn', {
      description: 'Target group of type ip, whose targets are the stack’s to register and to deregister',
      expected: 'the ARN of a target group',
      pattern: patterns.targetGroupArn,
    });
    this.#port = optionalNumber(stack, 'TargetPort', {
      description: 'Port on which the addresses are registered; 0 for the port of the target group',
      maxValue: 65_535,
    });
    this.#zone = optionalText(stack, 'AvailabilityZone', {
      description:
        'What targets are registered with: all, none, or a zone; empty for all outside the VPC and none inside',
      expected: 'all, none or the name of a zone',
      pattern: patterns.zone,
    });
    this.targetGroup = elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'TargetGroup', {
      targetGroupArn: this.#arn.valueAsString,
    });
    this.parameters = [
      [this.#arn, 'Target group'],
      [this.#port.parameter, 'Port'],
      [this.#zone.parameter, 'Availability Zone'],
    ];
  }

  config(optional: Readonly<Record<string, OptionalPart>> = {}): Part {
    return object(
      { type: literal('target-group'), arn: text(this.#arn) },
      {
        port: [this.#port.isGiven, bare(this.#port.parameter)],
        availabilityZone: [this.#zone.isGiven, text(this.#zone.parameter)],
        ...optional,
      },
    );
  }
}
