import { Duration, Stack } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { type BridgeFunctionOptions, bridgeFunction } from './bridge-function.ts';
import { functionCode } from './function-code.ts';

/** Settings of the function that keeps a target group in step. */
export interface TargetGroupSyncOptions extends BridgeFunctionOptions {
  /**
   * Part of the desired targets that must be healthy before one that still serves is deregistered.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The most targets that one pass deregisters.
   *
   * @default - no limit
   */
  readonly maxRemovals?: number;

  /**
   * Concurrency to set aside for the function. `1` makes passes run one after another; it is taken
   * from what the account's other functions share.
   *
   * @default - none: passes are safe to overlap
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * The code of the `sync` function.
   *
   * @default - the function shipped with this package
   */
  readonly syncCode?: lambda.Code;
}

/** Properties of `TargetGroupSync`. */
export interface TargetGroupSyncProps extends TargetGroupSyncOptions {
  /** Names the binding in logs and metrics: letters, digits, dots, hyphens and underscores. */
  readonly bindingName: string;

  /** The load balancer whose private addresses the target group must hold. */
  readonly loadBalancer: elbv2.ILoadBalancerV2;

  /** An `ip` target group without `Targets` of its own. */
  readonly targetGroup: elbv2.ITargetGroup;

  /** The port on which the addresses are registered. */
  readonly port: number;
}

/** Keeps a target group equal to the addresses of a load balancer, once a minute. */
export class TargetGroupSync extends Construct {
  readonly function: lambda.Function;
  readonly rule: events.Rule;

  constructor(scope: Construct, id: string, props: TargetGroupSyncProps) {
    super(scope, id);
    this.function = bridgeFunction(this, {
      code: props.syncCode ?? functionCode('sync'),
      description: 'Keeps a target group equal to the addresses of a load balancer',
      environment: { ALBRIDGE_CONFIG: Stack.of(this).toJsonString(configuration(props)) },
      logRetention: props.logRetention,
      permissions: permissions(props.targetGroup),
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      // Shorter than the schedule's period: a slow pass ends before the next begins.
      timeout: Duration.seconds(50),
    });
    // A missed pass is made good by the next; retries would only add to a throttled account's calls.
    this.function.configureAsyncInvoke({ maxEventAge: Duration.minutes(1), retryAttempts: 0 });
    this.rule = new events.Rule(this, 'Schedule', {
      description: 'Starts a pass of albridge',
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [{ bind: () => ({ arn: this.function.functionArn }) }],
    });
    this.function.addPermission('Schedule', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: this.rule.ruleArn,
    });
  }
}

function configuration(props: TargetGroupSyncProps): Config {
  const { bindingName, loadBalancer, targetGroup, port, minHealthyPercent, maxRemovals } = props;
  return {
    bindings: [
      {
        name: bindingName,
        source: { type: 'load-balancer', arn: loadBalancer.loadBalancerRef.loadBalancerArn },
        sink: { type: 'target-group', arn: targetGroup.targetGroupArn, port },
        policy: { mode: 'sync', minHealthyPercent, maxRemovals },
      },
    ],
  };
}

/** AWS has no resource-level permissions for these reads; the writes are confined to one group. */
function permissions(targetGroup: elbv2.ITargetGroup): iam.PolicyStatement[] {
  const read = new iam.PolicyStatement({
    actions: [
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeVpcs',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    resources: ['*'],
  });
  const write = new iam.PolicyStatement({
    actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
    resources: [targetGroup.targetGroupArn],
  });
  return [read, write];
}
