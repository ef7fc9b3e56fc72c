import type { Alarm, AlarmState } from '../../world/alarms/alarm.ts';
import { awsTime } from './time.ts';

/**
 * The detail of `CloudWatch Alarm State Change`, which functions get as well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmEvent(alarm: Alarm, previous: AlarmState): object {
  return {
    alarmName: alarm.name,
    state: stateDetail(alarm.state),
    previousState: stateDetail(previous),
    configuration: {
      ...(alarm.description !== undefined && { description: alarm.description }),
      ...(alarm.type === 'CompositeAlarm'
        ? { alarmRule: alarm.rule.text }
        : { metrics: [watched(alarm.settings)] }),
    },
  };
}

function stateDetail({ value, reason, reasonData, updatedAt }: AlarmState): object {
  return {
    value,
    reason,
    ...(reasonData !== undefined && { reasonData }),
    timestamp: awsTime(updatedAt),
  };
}

function watched({
  metric,
  period,
  statistic,
  unit,
}: Extract<Alarm, { type: 'MetricAlarm' }>['settings']): object {
  const { namespace, name, dimensions } = metric;
  return {
    id: 'm1',
    metricStat: {
      metric: { namespace, name, dimensions },
      period,
      stat: statistic,
      ...(unit !== undefined && { unit }),
    },
    returnData: true,
  };
}
