import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { type Every, everySeconds } from '../config/every.ts';
import { type BridgeFunctionOptions, bridgeFunction } from './bridge-function.ts';
import { Dispatch } from './dispatch.ts';
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
   * How often passes start: 5, 6, 10, 12, 15, 20 or 30 seconds, or whole minutes up to a day.
   *
   * Below a minute it adds a queue and a function that fills it each minute, since schedules know nothing shorter.
   *
   * @default Duration.minutes(1)
   */
  readonly every?: Duration;

  /**
   * Whether a pass starts at once when a load balancer makes or deletes a network interface, besides the schedule.
   *
   * It needs a CloudTrail trail that logs management events in this account and region: without one there are no such
   * events, and the schedule goes on alone. From a minute up it adds the queue and the function of `every` below a
   * minute, by which two minutes of re-checks follow an event.
   *
   * @default false
   */
  readonly events?: boolean;

  /**
   * The code of the `dispatch` function, where there is one.
   *
   * @default - the function shipped with this package
   */
  readonly dispatchCode?: lambda.Code;

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

/** Keeps a target group equal to the addresses of a load balancer, once a minute unless told otherwise. */
export class TargetGroupSync extends Construct {
  readonly function: lambda.Function;

  /** The schedule: it starts passes, or below a minute the function that does. */
  readonly rule: events.Rule;

  readonly #bindingName: string;
  readonly #every: Every;

  constructor(scope: Construct, id: string, props: TargetGroupSyncProps) {
    super(scope, id);
    this.#bindingName = props.bindingName;
    this.#every = everySeconds((props.every ?? Duration.minutes(1)).toMilliseconds() / 1000, {
      origin: 'every',
    });
    const ticks = this.#every.seconds < 60;
    const dispatch =
      ticks || props.events === true
        ? new Dispatch(this, 'Dispatch', {
            code: props.dispatchCode,
            every: ticks ? `${this.#every.seconds}s` : undefined,
            logRetention: props.logRetention,
          })
        : undefined;
    this.function = bridgeFunction(this, {
      code: props.syncCode ?? functionCode('sync'),
      description: 'Keeps a target group equal to the addresses of a load balancer',
      environment: { ALBRIDGE_CONFIG: Stack.of(this).toJsonString(configuration(props)) },
      logRetention: props.logRetention,
      permissions: [...permissions(props.targetGroup), ...(dispatch ? [dispatch.consumption()] : [])],
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      // Shorter than a minute: a slow pass ends before the next of the schedule begins.
      timeout: Duration.seconds(50),
    });
    // A missed pass is made good by the next; retries would only add to a throttled account's calls.
    this.function.configureAsyncInvoke({ maxEventAge: Duration.minutes(1), retryAttempts: 0 });
    dispatch?.invoke(this.function);
    this.rule = startingRule(this, 'Schedule', {
      description: 'Starts a pass of albridge',
      schedule: events.Schedule.expression(this.#every.rate),
      targets: [ticks && dispatch ? dispatch.function : this.function],
    });
    if (props.events === true) {
      startingRule(this, 'Events', {
        description: 'Starts a pass of albridge when a load balancer makes or deletes an interface',
        eventPattern: interfaceEvents,
        // Below a minute the ticks themselves look again.
        targets: dispatch && !ticks ? [this.function, dispatch.function] : [this.function],
      });
    }
  }

  /** A metric of the binding, over a period that is no shorter than what lies between two passes. */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      dimensionsMap: { Binding: this.#bindingName },
      metricName,
      namespace: 'albridge',
      period: Duration.seconds(Math.max(this.#every.seconds, 60)),
      ...props,
    });
  }

  /**
   * An alarm for when no pass has succeeded for as long as three should have taken.
   *
   * Its period follows `every`, so that it neither rings between two passes nor sleeps through them.
   */
  createStalledAlarm(
    scope: Construct,
    id: string,
    props?: Partial<cloudwatch.CreateAlarmOptions>,
  ): cloudwatch.Alarm {
    const failed = this.metric('Failed', { statistic: cloudwatch.Stats.MINIMUM });
    return failed.createAlarm(scope, id, {
      alarmDescription: 'No pass of albridge has succeeded lately: the target group may be stale',
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      threshold: 1,
      // No pass at all is as bad as one that fails.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      ...props,
    });
  }
}

/** What CloudTrail tells of load balancers' interfaces. */
const interfaceEvents: events.EventPattern = {
  detail: {
    eventName: ['CreateNetworkInterface', 'DeleteNetworkInterface'],
    eventSource: ['ec2.amazonaws.com'],
    sourceIPAddress: ['elasticloadbalancing.amazonaws.com'],
  },
  detailType: ['AWS API Call via CloudTrail'],
  source: ['aws.ec2'],
};

/** A rule that may invoke its targets, and nothing else on its behalf (FM30). */
function startingRule(
  scope: Construct,
  id: string,
  { targets, ...props }: Omit<events.RuleProps, 'targets'> & { readonly targets: lambda.Function[] },
): events.Rule {
  const rule = new events.Rule(scope, id, {
    ...props,
    targets: targets.map((target) => ({ bind: () => ({ arn: target.functionArn }) })),
  });
  for (const target of targets) {
    target.addPermission(id, {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
  return rule;
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
