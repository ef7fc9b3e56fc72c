import { type CfnParameter, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { vpcActions } from '../bridge-function.ts';
import type { SyncFunctionOptions } from '../sync/sync-function-options.ts';
import { where } from './only-if.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import type { Permitted } from './permitted-if.ts';
import { isNotEmpty, type OptionalText, optionalText } from './text-parameter.ts';

/** Subnets for a function that has to be in a VPC, as parameters. */
export class FunctionNetwork {
  readonly group: ParameterGroup;
  readonly #groups: OptionalText;
  readonly #stack: Stack;
  readonly #subnets: OptionalText;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#subnets = optionalText(stack, 'FunctionSubnetIds', {
      description:
        'Private subnets for the function, whose DNS knows the name; it reaches AWS by NAT or interface endpoints',
      expected: 'ids of subnets, separated by commas without spaces',
      pattern: patterns.subnetIds,
    });
    this.#groups = optionalText(stack, 'FunctionSecurityGroupIds', {
      description: 'Security groups for the function, which let it reach DNS and AWS',
      expected: 'ids of security groups, separated by commas without spaces',
      pattern: patterns.securityGroupIds,
    });
    this.#belongTogether(this.#subnets.parameter, this.#groups.parameter);
    this.#belongTogether(this.#groups.parameter, this.#subnets.parameter);
    this.group = {
      label: 'Network of the function',
      parameters: [
        [this.#subnets.parameter, 'Subnets'],
        [this.#groups.parameter, 'Security groups'],
      ],
    };
  }

  /** Settings by which a function is permitted what one in a VPC needs. */
  get options(): Pick<SyncFunctionOptions, 'securityGroups' | 'vpc'> {
    const vpc = ec2.Vpc.fromVpcAttributes(this.#stack, 'FunctionVpc', {
      availabilityZones: ['any'],
      privateSubnetIds: ['any'],
      vpcId: 'any',
    });
    return {
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this.#stack, 'FunctionGroup', 'any')],
      vpc,
    };
  }

  get permitted(): Permitted {
    return [this.#subnets.isGiven, vpcActions];
  }

  /** Puts a function with those settings where the parameters say. */
  apply(resource: lambda.CfnFunction): void {
    const idsOf = ({ parameter }: OptionalText) => Fn.split(',', parameter.valueAsString);
    resource.vpcConfig = where(this.#subnets.isGiven, {
      SecurityGroupIds: idsOf(this.#groups),
      SubnetIds: idsOf(this.#subnets),
    });
  }

  #belongTogether(given: CfnParameter, other: CfnParameter): void {
    new CfnRule(this.#stack, `${given.node.id}NotAlone`, {
      ruleCondition: isNotEmpty(given),
      assertions: [
        {
          assert: isNotEmpty(other),
          assertDescription: `A function in a VPC has subnets and security groups: set ${other.node.id} too`,
        },
      ],
    });
  }
}
