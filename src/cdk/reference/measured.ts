import { type CfnElement, CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddressSource } from '../sync/address-source.ts';
import type { SyncAlarms } from '../sync/sync-alarms.ts';
import { TargetGroupSync } from '../sync/target-group-sync.ts';
import { synthesized } from './synthesized.ts';

/** An alarm of `addAlarms`, and what it watches. */
export interface Alarm {
  name: string;
  metric: string;
  namespace: string;
  statistic: string;
  /** `>= 1`. */
  limit: string;
  periods: number;
  missingData: string;
  description: string;
}

/** How the constructs measure: the statistic that fits each metric, and the alarms. */
export interface Measured {
  statistics: Readonly<Record<string, string>>;
  alarms: readonly Alarm[];
}

interface AlarmProperties {
  AlarmDescription: string;
  ComparisonOperator: string;
  EvaluationPeriods: number;
  MetricName: string;
  Namespace: string;
  Statistic: string;
  Threshold: number;
  TreatMissingData: string;
}

/** Throws for a metric that has no method `metric<name>`. */
export function measured(metrics: readonly string[]): Measured {
  let names: Record<string, string> = {};
  let statistics: Record<string, string> = {};
  const alarms = synthesized<AlarmProperties>('AWS::CloudWatch::Alarm', (stack) => {
    const sync = new TargetGroupSync(stack, 'Sync', {
      port: 80,
      source: AddressSource.static(['10.0.0.10']),
      syncCode: lambda.Code.fromInline('exports.handler = async () => {}'),
      targetGroup: elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'TargetGroup', {
        targetGroupArn: new CfnParameter(stack, 'TargetGroupArn').valueAsString,
      }),
    });
    names = namesOf(sync.addAlarms(), stack);
    statistics = Object.fromEntries(metrics.map((name) => [name, statisticOf(sync, name)]));
  });
  return {
    statistics,
    alarms: Object.entries(alarms).map(([id, properties]) => alarm(names[id] ?? '', properties)),
  };
}

function statisticOf(sync: TargetGroupSync, name: string): string {
  const method: (() => Metric) | undefined = Reflect.get(sync, `metric${name}`);
  if (!method) throw new Error(`'${name}' has no method: give AddressSync metric${name}()`);
  return method.call(sync).statistic;
}

/** The names that `addAlarms` gives the alarms, by their logical ids. */
function namesOf(alarms: SyncAlarms, stack: Stack): Record<string, string> {
  const named = Object.entries(alarms).flatMap(([name, made]) =>
    [made].flat().map(({ node }) => [stack.getLogicalId(node.defaultChild as CfnElement), name]),
  );
  return Object.fromEntries(named);
}

const operators: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
};

function alarm(name: string, properties: AlarmProperties): Alarm {
  const operator = operators[properties.ComparisonOperator] ?? properties.ComparisonOperator;
  return {
    name,
    metric: properties.MetricName,
    namespace: properties.Namespace,
    statistic: properties.Statistic,
    limit: `${operator} ${properties.Threshold}`,
    periods: properties.EvaluationPeriods,
    missingData: properties.TreatMissingData,
    description: properties.AlarmDescription,
  };
}
