import type { CloudWatch, DescribeAlarmsInput } from '@aws-sdk/client-cloudwatch';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { Alarm } from '../../world/alarms/alarm.ts';
import { alarmsIn } from '../../world/alarms/alarm-rule.ts';
import { metricKey } from '../../world/metrics/metric.ts';
import { describeComposite, describeMetricAlarm } from './alarm-description.ts';
import { readDimensions } from './dimensions.ts';
import { invalidCombination } from './errors.ts';
import { pageOf } from './pages.ts';

const pageSize = 50;

export const describeAlarms: Operations<CloudWatch> = {
  DescribeAlarms(input, { cell }) {
    const matching = select(input, cell);
    const { items, nextToken } = pageOf(matching, ({ name }) => name, {
      limit: input.MaxRecords ?? pageSize,
      token: input.NextToken,
    });
    return {
      MetricAlarms: items.filter((alarm) => alarm.type === 'MetricAlarm').map(describeMetricAlarm),
      CompositeAlarms: items.filter((alarm) => alarm.type === 'CompositeAlarm').map(describeComposite),
      NextToken: nextToken,
    };
  },

  DescribeAlarmsForMetric(input, { cell }) {
    const wanted = metricKey({
      namespace: input.Namespace ?? '',
      name: input.MetricName ?? '',
      dimensions: readDimensions(input.Dimensions),
    });
    const statistic = input.Statistic ?? input.ExtendedStatistic;
    const matching = cell.alarms.metricAlarms.filter(
      ({ settings }) =>
        metricKey(settings.metric) === wanted &&
        (statistic === undefined || settings.statistic === statistic) &&
        (input.Period === undefined || settings.period === input.Period) &&
        (input.Unit === undefined || settings.unit === input.Unit),
    );
    return { MetricAlarms: matching.map(describeMetricAlarm) };
  },
};

/** Composite alarms are left out unless they are asked for, by their type or by what they have to do with. */
function select(input: DescribeAlarmsInput, { alarms }: Cell): Alarm[] {
  const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix } = input;
  if (AlarmNames !== undefined && AlarmNamePrefix !== undefined) {
    throw invalidCombination('AlarmNamePrefix and AlarmNames are mutually exclusive.');
  }
  const related = relatedTo(input, [...alarms.all.values()]);
  const types: readonly string[] = input.AlarmTypes ?? ['MetricAlarm'];
  return (related ?? [...alarms.all.values()].filter(({ type }) => types.includes(type))).filter(
    (alarm) =>
      (AlarmNames?.includes(alarm.name) ?? true) &&
      alarm.name.startsWith(AlarmNamePrefix ?? '') &&
      (StateValue === undefined || alarm.state.value === StateValue) &&
      (ActionPrefix === undefined ||
        Object.values(alarm.actions).some((arns) => arns.some((arn) => arn.startsWith(ActionPrefix)))),
  );
}

function relatedTo(
  { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child }: DescribeAlarmsInput,
  all: readonly Alarm[],
): Alarm[] | undefined {
  if (parent === undefined && child === undefined) return undefined;
  const names = (one: Alarm, other: Alarm): boolean =>
    one.type === 'CompositeAlarm' &&
    alarmsIn(one.rule.parsed).some((reference) => reference === other.name || reference === other.arn);
  const of = all.find(({ name }) => name === (parent ?? child));
  if (!of) return [];
  return all.filter((alarm) => (parent === undefined ? names(alarm, of) : names(of, alarm)));
}
