import type { Cell } from '../../core/cell.ts';
import type { Alarm, AlarmSettings, AlarmState } from '../../world/alarms/alarm.ts';
import { awsTime } from './time.ts';

/** Notifications call regions by their long names; those of which none is known here go by their codes. */
const regionNames: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
};

/** What subscribers of a topic get of an alarm: a subject, and JSON. */
export function notification(
  { account, region }: Cell,
  alarm: Alarm,
  previous: AlarmState,
): { subject: string; message: string } {
  const place = regionNames[region] ?? region;
  const { value, reason, reasonData, updatedAt } = alarm.state;
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: awsTime(alarm.configuredAt),
    NewStateValue: value,
    NewStateReason: reason,
    ...(alarm.type === 'CompositeAlarm' && { NewStateReasonData: reasonData, AlarmRule: alarm.rule.text }),
    StateChangeTime: awsTime(updatedAt),
    Region: place,
    AlarmArn: alarm.arn,
    OldStateValue: previous.value,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    ...(alarm.type === 'MetricAlarm' && { Trigger: trigger(alarm.settings) }),
  };
  return { subject: `${value}: "${alarm.name}" in ${place}`, message: JSON.stringify(message) };
}

function trigger(settings: AlarmSettings): object {
  const { metric, statistic, evaluationPeriods, datapointsToAlarm } = settings;
  const isPercentile = statistic.startsWith('p');
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    StatisticType: isPercentile ? 'ExtendedStatistic' : 'Statistic',
    ...(isPercentile ? { ExtendedStatistic: statistic } : { Statistic: statisticNames[statistic] }),
    Unit: settings.unit ?? null,
    Dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({ value, name })),
    Period: settings.period,
    EvaluationPeriods: evaluationPeriods,
    ...(datapointsToAlarm !== undefined && { DatapointsToAlarm: datapointsToAlarm }),
    ComparisonOperator: settings.comparison,
    Threshold: settings.threshold,
    TreatMissingData: settings.treatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: settings.evaluateLowSampleCountPercentile ?? '',
  };
}

const statisticNames: Readonly<Record<string, string>> = {
  Average: 'AVERAGE',
  Maximum: 'MAXIMUM',
  Minimum: 'MINIMUM',
  SampleCount: 'SAMPLE_COUNT',
  Sum: 'SUM',
};
