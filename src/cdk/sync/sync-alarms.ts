import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { SyncFunction } from './sync-function.ts';
import { type Measured, syncMetric } from './sync-metric.ts';

/** Options of `addAlarms`. */
export interface SyncAlarmsOptions {
  /**
   * Who is told when an alarm rings, and when it is over.
   *
   * @default - nobody: the alarms only show
   */
  readonly topic?: sns.ITopic;
}

/** The alarms of what is kept in step, each once for each of several target groups. */
export interface SyncAlarms {
  /** No pass has succeeded for as long as three should have taken. */
  readonly stalled: cloudwatch.Alarm[];

  /** Three passes in a row did not know what the addresses are. */
  readonly sourceUnknown: cloudwatch.Alarm[];

  /** Ten passes in a row would have removed something, and did not dare. */
  readonly withheld: cloudwatch.Alarm[];

  /** Three passes in a row found no target healthy; none for allow-lists, which have no health. */
  readonly noHealthyTarget: cloudwatch.Alarm[];

  /** Invocations of the function failed in three periods in a row; one alarm for all that share the function. */
  readonly functionErrors: cloudwatch.Alarm;
}

interface Alarmed {
  readonly scope: Construct;
  readonly hasHealth: boolean;
  readonly passNames: readonly string[];
  readonly syncFunction: SyncFunction;
}

type AlarmOptions = Partial<cloudwatch.CreateAlarmOptions>;

/** Makes the alarms, one of each kind for each pass. */
export function addSyncAlarms(
  { scope, hasHealth, passNames, syncFunction }: Alarmed,
  { topic }: SyncAlarmsOptions,
): SyncAlarms {
  const { period } = syncFunction;
  const each = (id: string, create: (id: string, measured: Measured) => cloudwatch.Alarm) =>
    passNames.map((passName, index) =>
      create(index === 0 ? `${id}Alarm` : `${id}Alarm${index + 1}`, { passName, period }),
    );
  const alarms: SyncAlarms = {
    stalled: each('Stalled', (id, measured) => stalledAlarm(scope, id, measured)),
    sourceUnknown: each('SourceUnknown', (id, measured) => sourceUnknownAlarm(scope, id, measured)),
    withheld: each('Withheld', (id, measured) => withheldAlarm(scope, id, measured)),
    noHealthyTarget: hasHealth
      ? each('NoHealthyTarget', (id, measured) => noHealthyTargetAlarm(scope, id, measured))
      : [],
    functionErrors: functionErrorsAlarm(syncFunction),
  };
  if (topic) for (const alarm of Object.values(alarms).flat()) tell(alarm, topic);
  return alarms;
}

/** Rings also where no pass has run at all. */
export function stalledAlarm(
  scope: Construct,
  id: string,
  measured: Measured,
  options?: AlarmOptions,
): cloudwatch.Alarm {
  const failed = syncMetric(measured, 'Failed', { statistic: cloudwatch.Stats.MINIMUM });
  return failed.createAlarm(scope, id, {
    alarmDescription: 'No pass of albridge has succeeded lately: what it keeps may be stale',
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 3,
    threshold: 1,
    // No pass at all is as bad as one that fails.
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    ...options,
  });
}

function sourceUnknownAlarm(scope: Construct, id: string, measured: Measured): cloudwatch.Alarm {
  const unknown = syncMetric(measured, 'SourceUnknown', { statistic: cloudwatch.Stats.MINIMUM });
  return unknown.createAlarm(scope, id, {
    alarmDescription: 'albridge cannot tell what the addresses are: nothing is added or removed',
    ...atLeastOne,
  });
}

function withheldAlarm(scope: Construct, id: string, measured: Measured): cloudwatch.Alarm {
  const withheld = syncMetric(measured, 'Withheld', { statistic: cloudwatch.Stats.MINIMUM });
  return withheld.createAlarm(scope, id, {
    alarmDescription: 'albridge withholds removals: the log gives the reasons',
    ...atLeastOne,
    evaluationPeriods: periodsAllowed(10, measured),
  });
}

function noHealthyTargetAlarm(scope: Construct, id: string, measured: Measured): cloudwatch.Alarm {
  const healthy = syncMetric(measured, 'Healthy', { statistic: cloudwatch.Stats.MAXIMUM });
  return healthy.createAlarm(scope, id, {
    alarmDescription: 'None of the targets that albridge keeps is healthy',
    ...atLeastOne,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  });
}

/** One for all that share the function, however often it is asked for. */
function functionErrorsAlarm(syncFunction: SyncFunction): cloudwatch.Alarm {
  const made = syncFunction.node.tryFindChild('ErrorsAlarm');
  if (made) return made as cloudwatch.Alarm;
  return syncFunction.metricErrors().createAlarm(syncFunction, 'ErrorsAlarm', {
    alarmDescription: 'Invocations of albridge fail: the log of the function gives the reasons',
    ...atLeastOne,
  });
}

/** Silence is the stalled alarm's to tell. */
const atLeastOne: Pick<
  cloudwatch.CreateAlarmOptions,
  'comparisonOperator' | 'evaluationPeriods' | 'threshold' | 'treatMissingData'
> = {
  comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  evaluationPeriods: 3,
  threshold: 1,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
};

const hour = 3_600;
const day = 24 * hour;

/** CloudWatch looks back for a day, with periods of an hour or more for a week. */
function periodsAllowed(wanted: number, { period }: Measured): number {
  const seconds = period.toSeconds();
  return Math.min(wanted, Math.floor((seconds < hour ? day : 7 * day) / seconds));
}

const told = new WeakMap<cloudwatch.Alarm, Set<sns.ITopic>>();

function tell(alarm: cloudwatch.Alarm, topic: sns.ITopic): void {
  const topics = told.get(alarm) ?? new Set();
  told.set(alarm, topics);
  if (topics.has(topic)) return;
  topics.add(topic);
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
}
