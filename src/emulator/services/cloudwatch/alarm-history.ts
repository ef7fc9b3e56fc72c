import type { AlarmHistoryItem, CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../core/service.ts';
import type { HistoryItem } from '../../world/alarms/alarm.ts';
import { pageOf } from './pages.ts';

const pageSize = 50;

export const alarmHistory: Operations<CloudWatch> = {
  DescribeAlarmHistory(input, { cell }) {
    const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate, EndDate } = input;
    const items = [...cell.alarms.all.values()]
      .flatMap(({ history }) => history)
      .filter(
        ({ alarmName, alarmType, type, at }) =>
          (AlarmName === undefined ? AlarmTypes.includes(alarmType) : alarmName === AlarmName) &&
          (HistoryItemType === undefined || type === HistoryItemType) &&
          (StartDate === undefined || at >= StartDate.getTime()) &&
          (EndDate === undefined || at <= EndDate.getTime()),
      )
      .sort((one, other) => one.at - other.at);
    if (input.ScanBy !== 'TimestampAscending') items.reverse();
    const numbered = items.map((item, index) => ({ item, key: String(index).padStart(9, '0') }));
    const { items: found, nextToken } = pageOf(numbered, ({ key }) => key, {
      limit: input.MaxRecords ?? pageSize,
      token: input.NextToken,
    });
    return { AlarmHistoryItems: found.map(({ item }) => describeItem(item)), NextToken: nextToken };
  },
};

function describeItem({ alarmName, alarmType, type, at, summary, data }: HistoryItem): AlarmHistoryItem {
  return {
    AlarmName: alarmName,
    AlarmType: alarmType,
    HistoryItemType: type,
    Timestamp: new Date(at),
    HistorySummary: summary,
    HistoryData: data,
  };
}
