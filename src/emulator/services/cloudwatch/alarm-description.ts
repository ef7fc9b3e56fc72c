import type {
  CompositeAlarm as CompositeAlarmOutput,
  MetricAlarm as MetricAlarmOutput,
  StandardUnit,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm, CompositeAlarm, MetricAlarm } from '../../world/alarms/alarm.ts';
import { writeDimensions } from './dimensions.ts';

function describe(alarm: Alarm) {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ...(alarm.description !== undefined && { AlarmDescription: alarm.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [...alarm.actions.OK],
    AlarmActions: [...alarm.actions.ALARM],
    InsufficientDataActions: [...alarm.actions.INSUFFICIENT_DATA],
    StateValue: alarm.state.value,
    StateReason: alarm.state.reason,
    ...(alarm.state.reasonData !== undefined && { StateReasonData: alarm.state.reasonData }),
    StateUpdatedTimestamp: new Date(alarm.state.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.state.transitionedAt),
  };
}

export function describeComposite(alarm: CompositeAlarm): CompositeAlarmOutput {
  return { ...describe(alarm), AlarmRule: alarm.rule.text };
}

export function describeMetricAlarm(alarm: MetricAlarm): MetricAlarmOutput {
  const { settings } = alarm;
  const isPercentile = settings.statistic.startsWith('p');
  return {
    ...describe(alarm),
    MetricName: settings.metric.name,
    Namespace: settings.metric.namespace,
    Dimensions: writeDimensions(settings.metric.dimensions),
    ...(isPercentile
      ? { ExtendedStatistic: settings.statistic }
      : { Statistic: settings.statistic as Statistic }),
    ...(settings.unit !== undefined && { Unit: settings.unit as StandardUnit }),
    Period: settings.period,
    EvaluationPeriods: settings.evaluationPeriods,
    ...(settings.datapointsToAlarm !== undefined && { DatapointsToAlarm: settings.datapointsToAlarm }),
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    ...(settings.treatMissingData !== undefined && { TreatMissingData: settings.treatMissingData }),
    ...(settings.evaluateLowSampleCountPercentile !== undefined && {
      EvaluateLowSampleCountPercentile: settings.evaluateLowSampleCountPercentile,
    }),
  };
}
