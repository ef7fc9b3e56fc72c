import { CustomResource, Duration } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import { type BridgeFunctionOptions, bridgeFunction } from '../bridge-function.ts';
import { functionCode } from '../function-code.ts';

export interface BridgeReadyProps extends BridgeFunctionOptions {
  readonly code?: lambda.Code;
}

/**
 * Holds a deployment until target groups have healthy targets, so that the API is never pointed at an empty one; and,
 * once it is pointed elsewhere, until the requests that are under way have ended.
 *
 * Were a group to stay without, the update fails and is rolled back: the API goes on by the path that it had.
 */
export class BridgeReady extends Construct {
  readonly #function: lambda.Function;

  constructor(scope: Construct, id: string, props: BridgeReadyProps) {
    super(scope, id);
    this.#function = bridgeFunction(this, {
      code: props.code ?? functionCode('addresses'),
      description: 'Waits for healthy targets on behalf of CloudFormation',
      logRetention: props.logRetention,
      permissions: [
        new iam.PolicyStatement({
          actions: ['elasticloadbalancing:DescribeTargetHealth'],
          resources: ['*'],
        }),
      ],
      // A pass, the registration and the health checks: a few minutes each at worst.
      timeout: Duration.minutes(15),
    });
  }

  /** What is to depend on the group's targets depends on this. */
  targetsOf(id: string, targetGroup: elbv2.ITargetGroup): CustomResource {
    return this.#wait(id, 'Custom::HealthyTargets', { targetGroupArn: targetGroup.targetGroupArn });
  }

  /** What the API led to before an update is deleted after this, as CloudFormation deletes last. */
  requestsOf(
    api: IDependable,
    { drainTimeout, upstream }: { drainTimeout: Duration; upstream: string },
  ): void {
    const drainSeconds = drainTimeout.toSeconds();
    const drained = this.#wait('Drained', 'Custom::DrainedRequests', { drainSeconds, upstream });
    drained.node.addDependency(api);
  }

  #wait(id: string, resourceType: string, properties: Record<string, unknown>): CustomResource {
    return new CustomResource(this, id, {
      properties,
      resourceType,
      serviceTimeout: Duration.minutes(20),
      serviceToken: this.#function.functionArn,
    });
  }
}
