import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import { events } from '../events/index.ts';
import { lambda } from '../lambda/index.ts';
import { sns } from '../sns/index.ts';
import { sqs } from '../sqs/index.ts';
import { cloudWatch } from './index.ts';

const minute = 60_000;
const topicArn = 'arn:aws:sns:us-east-1:000000000000:alarms';
const alarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:failing';
const AlarmName = 'failing';

let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  runner = recordingRunner();
  call = serverlessCall({ clock, runner });
});

const putAlarm = (input: Partial<PutMetricAlarmInput> = {}) =>
  execute(
    cloudWatch,
    'PutMetricAlarm',
    {
      AlarmName,
      Namespace: 'test',
      MetricName: 'Failed',
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ...input,
    },
    call,
  );

/** A value in each of so many minutes from now on. */
async function minutes(...values: (number | undefined)[]): Promise<void> {
  for (const Value of values) {
    const MetricData = [{ MetricName: 'Failed', Value }];
    if (Value !== undefined)
      await execute(cloudWatch, 'PutMetricData', { Namespace: 'test', MetricData }, call);
    await clock.advance(minute);
  }
}

const state = (name = AlarmName) => call.cell.alarms.all.get(name)?.state.value;

describe('an alarm', () => {
  it('waits for data, rings after three bad minutes of three, and is over after a good one', async () => {
    await putAlarm();
    expect(state()).toBe('INSUFFICIENT_DATA');
    await minutes(0, 0, 0, 0);
    expect(state()).toBe('OK');
    await minutes(1, 1);
    expect(state()).toBe('OK');
    await minutes(1, 1);
    expect(state()).toBe('ALARM');
    await minutes(0, 0);
    expect(state()).toBe('OK');
  });

  it('rings after two bad minutes of three, where two are enough', async () => {
    await putAlarm({ DatapointsToAlarm: 2 });
    await minutes(1, 0, 0, 0, 1, 0, 1, 0);
    const changes = call.cell.alarms.all.get(AlarmName)?.history.map(({ summary }) => summary);
    expect(changes).toEqual([
      'Alarm "failing" created',
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm updated from OK to ALARM',
    ]);
  });

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'OK'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ])('with %s data goes to %s where none comes any more', async (TreatMissingData, want) => {
    await putAlarm({ TreatMissingData });
    await minutes(0, 0, 0);
    expect(state()).toBe('OK');
    await minutes(...Array(6).fill(undefined));
    expect(state()).toBe(want);
  });

  it('looks at a percentile', async () => {
    await putAlarm({ Statistic: undefined, ExtendedStatistic: 'p90', EvaluationPeriods: 1, Threshold: 5 });
    const MetricData = [{ MetricName: 'Failed', Values: [1, 9], Counts: [91, 9] }];
    await execute(cloudWatch, 'PutMetricData', { Namespace: 'test', MetricData }, call);
    await clock.advance(2 * minute);
    expect(state()).toBe('OK');
    MetricData[0] = { MetricName: 'Failed', Values: [1, 9], Counts: [89, 11] };
    await execute(cloudWatch, 'PutMetricData', { Namespace: 'test', MetricData }, call);
    await clock.advance(2 * minute);
    expect(state()).toBe('ALARM');
  });

  it('looks at periods of five minutes each minute', async () => {
    await putAlarm({ Period: 300, Statistic: 'Sum', EvaluationPeriods: 1, Threshold: 3 });
    await minutes(0, 1, 0, 1, 0, 0);
    expect(state()).toBe('OK');
    await minutes(1, 1, 0);
    expect(state()).toBe('ALARM');
  });

  it('looks at seconds in high resolution', async () => {
    await putAlarm({ Period: 10, EvaluationPeriods: 2 });
    for (let count = 0; count < 4; count++) {
      const MetricData = [{ MetricName: 'Failed', Value: 1, StorageResolution: 1 }];
      await execute(cloudWatch, 'PutMetricData', { Namespace: 'test', MetricData }, call);
      await clock.advance(10_000);
    }
    expect(state()).toBe('ALARM');
  });

  it('tells why in CloudWatch’s words', async () => {
    await putAlarm({ TreatMissingData: 'breaching' });
    await minutes(0, 0, 0, 1, 1, 2, undefined);
    const [alarm] = (await execute(cloudWatch, 'DescribeAlarms', {}, call)).MetricAlarms ?? [];
    expect(alarm).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 3 out of the last 3 datapoints [1.0 (01/01/26 00:03:00), 1.0 (01/01/26 00:04:00), 2.0 (01/01/26 00:05:00)] were greater than or equal to the threshold (1.0) (minimum 3 datapoints for OK -> ALARM transition).',
    });
    expect(JSON.parse(alarm?.StateReasonData ?? '')).toMatchObject({
      statistic: 'Maximum',
      period: 60,
      recentDatapoints: [1, 1, 2],
      threshold: 1,
    });
    await minutes(...Array(6).fill(undefined));
    await execute(cloudWatch, 'SetAlarmState', { AlarmName, StateValue: 'OK', StateReason: 'a test' }, call);
    await minutes(undefined);
    const [silent] = (await execute(cloudWatch, 'DescribeAlarms', {}, call)).MetricAlarms ?? [];
    expect(silent?.StateReason).toBe(
      'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
    );
  });

  it('keeps its state when it is put again, and is evaluated by what it is now', async () => {
    await putAlarm();
    await minutes(0, 0, 0, 0);
    await putAlarm({ Threshold: 0 });
    expect(state()).toBe('OK');
    await minutes(0);
    expect(state()).toBe('ALARM');
    expect(clock.pending).toBe(1);
  });

  it('is evaluated no more once it is deleted', async () => {
    await putAlarm();
    await execute(cloudWatch, 'DeleteAlarms', { AlarmNames: [AlarmName] }, call);
    expect(clock.pending).toBe(0);
    await expect(
      execute(cloudWatch, 'DeleteAlarms', { AlarmNames: [AlarmName] }, call),
    ).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
  });
});

describe('whom an alarm tells', () => {
  const QueueUrl = 'http://127.0.0.1:4566/000000000000/inbox';
  const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';

  async function subscribe(): Promise<void> {
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queueArn };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await execute(sqs, 'CreateQueue', { QueueName: 'inbox', Attributes: { Policy } }, call);
    await execute(sns, 'CreateTopic', { Name: 'alarms' }, call);
    const Attributes = { RawMessageDelivery: 'true' };
    const input = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes };
    await execute(sns, 'Subscribe', input, call);
  }

  async function told(): Promise<{ [member: string]: unknown }[]> {
    const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };
    const { Messages = [] } = await execute(sqs, 'ReceiveMessage', input, call);
    return Messages.map(({ Body = '' }) => JSON.parse(Body));
  }

  const ring = { AlarmName, StateValue: 'ALARM' as const, StateReason: 'a test' };
  const rest = { AlarmName, StateValue: 'OK' as const, StateReason: 'a test' };

  it('are the topic’s subscribers', async () => {
    await subscribe();
    await putAlarm({ AlarmActions: [topicArn], OKActions: [topicArn], AlarmDescription: 'It fails' });
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    await execute(cloudWatch, 'SetAlarmState', rest, call);
    expect(await told()).toMatchObject([
      {
        AlarmName,
        AlarmDescription: 'It fails',
        AWSAccountId: '000000000000',
        NewStateValue: 'ALARM',
        OldStateValue: 'INSUFFICIENT_DATA',
        Region: 'US East (N. Virginia)',
        AlarmArn: alarmArn,
        Trigger: { MetricName: 'Failed', Statistic: 'MAXIMUM', Period: 60, EvaluationPeriods: 3 },
      },
      { NewStateValue: 'OK', OldStateValue: 'ALARM' },
    ]);
    const history = { AlarmName, HistoryItemType: 'Action' as const };
    const { AlarmHistoryItems } = await execute(cloudWatch, 'DescribeAlarmHistory', history, call);
    expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual(
      Array(2).fill(`Successfully executed action ${topicArn}`),
    );
  });

  it('is nobody while its actions are disabled', async () => {
    await subscribe();
    await putAlarm({ AlarmActions: [topicArn] });
    await execute(cloudWatch, 'DisableAlarmActions', { AlarmNames: [AlarmName] }, call);
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    expect(await told()).toEqual([]);
    await execute(cloudWatch, 'EnableAlarmActions', { AlarmNames: [AlarmName] }, call);
    await execute(cloudWatch, 'SetAlarmState', rest, call);
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    expect(await told()).toHaveLength(1);
  });

  it('is nobody where the topic’s policy does not let CloudWatch publish; the history says so', async () => {
    await subscribe();
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
    };
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
    const policy = { TopicArn: topicArn, AttributeName: 'Policy', AttributeValue };
    await execute(sns, 'SetTopicAttributes', policy, call);
    await putAlarm({ AlarmActions: [topicArn] });
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    expect(await told()).toEqual([]);
    expect(call.cell.alarms.all.get(AlarmName)?.history.at(-1)?.summary).toMatch(
      /^Failed to execute action .*cloudwatch\.amazonaws\.com is not authorized to perform: SNS:Publish/,
    );
  });

  it('is a function that permits it, and one that a rule of EventBridge names', async () => {
    const functionArn = await createTestFunction(call, '');
    await clock.advance(1000);
    const permission = { FunctionName: 'test', Action: 'lambda:InvokeFunction' };
    for (const Principal of ['lambda.alarms.cloudwatch.amazonaws.com', 'events.amazonaws.com']) {
      const StatementId = Principal.split('.')[0];
      await execute(lambda, 'AddPermission', { ...permission, StatementId, Principal }, call);
    }
    const EventPattern = JSON.stringify({
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { state: { value: ['ALARM'] } },
    });
    await execute(events, 'PutRule', { Name: 'alarms', EventPattern }, call);
    await execute(events, 'PutTargets', { Rule: 'alarms', Targets: [{ Id: '1', Arn: functionArn }] }, call);
    await putAlarm({ AlarmActions: [functionArn] });
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    await execute(cloudWatch, 'SetAlarmState', rest, call);
    await clock.advance(0);
    const changed = {
      alarmName: AlarmName,
      state: { value: 'ALARM', reason: 'a test', timestamp: '2026-01-01T00:00:01.000+0000' },
      previousState: { value: 'INSUFFICIENT_DATA' },
      configuration: {
        metrics: [{ metricStat: { metric: { namespace: 'test', name: 'Failed' }, stat: 'Maximum' } }],
      },
    };
    expect(runner.invocations.map(({ payload }) => JSON.parse(payload))).toMatchObject([
      { source: 'aws.cloudwatch', resources: [alarmArn], detail: changed },
      { source: 'aws.cloudwatch', alarmArn, alarmData: changed },
    ]);
  });

  it('is a composite alarm, and whom that tells', async () => {
    await subscribe();
    await putAlarm();
    await putAlarm({ AlarmName: 'other' });
    const composite = {
      AlarmName: 'both',
      AlarmRule: `ALARM(failing) AND ALARM("other")`,
      AlarmActions: [topicArn],
    };
    await execute(cloudWatch, 'PutCompositeAlarm', composite, call);
    expect(state('both')).toBe('OK');
    await execute(cloudWatch, 'SetAlarmState', ring, call);
    expect(state('both')).toBe('OK');
    await execute(cloudWatch, 'SetAlarmState', { ...ring, AlarmName: 'other' }, call);
    expect(state('both')).toBe('ALARM');
    expect(await told()).toMatchObject([
      { AlarmName: 'both', NewStateValue: 'ALARM', AlarmRule: composite.AlarmRule },
    ]);
    const children = { ChildrenOfAlarmName: 'both' };
    const { MetricAlarms } = await execute(cloudWatch, 'DescribeAlarms', children, call);
    expect(MetricAlarms?.map((alarm) => alarm.AlarmName)).toEqual(['failing', 'other']);
    const parents = { ParentsOfAlarmName: 'other' };
    const { CompositeAlarms } = await execute(cloudWatch, 'DescribeAlarms', parents, call);
    expect(CompositeAlarms).toMatchObject([{ AlarmName: 'both', AlarmRule: composite.AlarmRule }]);
    await expect(execute(cloudWatch, 'DeleteAlarms', { AlarmNames: ['other'] }, call)).rejects.toThrow(
      /both/,
    );
  });
});

describe('alarms', () => {
  it('are described by name, prefix, state and metric, in pages', async () => {
    for (const name of ['a-1', 'a-2', 'b-1']) await putAlarm({ AlarmName: name });
    const names = async (input: object) => {
      const { MetricAlarms, NextToken } = await execute(cloudWatch, 'DescribeAlarms', input, call);
      return { names: MetricAlarms?.map((alarm) => alarm.AlarmName), NextToken };
    };
    expect(await names({ AlarmNamePrefix: 'a-' })).toMatchObject({ names: ['a-1', 'a-2'] });
    expect(await names({ AlarmNames: ['b-1', 'none'] })).toMatchObject({ names: ['b-1'] });
    expect(await names({ StateValue: 'ALARM' })).toMatchObject({ names: [] });
    const { NextToken } = await names({ MaxRecords: 2 });
    expect(await names({ MaxRecords: 2, NextToken })).toEqual({ names: ['b-1'], NextToken: undefined });
    const metric = { Namespace: 'test', MetricName: 'Failed' };
    const found = await execute(cloudWatch, 'DescribeAlarmsForMetric', metric, call);
    expect(found.MetricAlarms).toHaveLength(3);
    const other = { ...metric, Dimensions: [{ Name: 'a', Value: 'b' }] };
    expect((await execute(cloudWatch, 'DescribeAlarmsForMetric', other, call)).MetricAlarms).toEqual([]);
  });

  it('have tags', async () => {
    await putAlarm({ Tags: [{ Key: 'a', Value: '1' }] });
    await execute(
      cloudWatch,
      'TagResource',
      { ResourceARN: alarmArn, Tags: [{ Key: 'b', Value: '2' }] },
      call,
    );
    await execute(cloudWatch, 'UntagResource', { ResourceARN: alarmArn, TagKeys: ['a'] }, call);
    expect(await execute(cloudWatch, 'ListTagsForResource', { ResourceARN: alarmArn }, call)).toEqual({
      Tags: [{ Key: 'b', Value: '2' }],
    });
  });

  it.each<[string, Partial<PutMetricAlarmInput>, string]>([
    ['a period of 45 seconds', { Period: 45 }, 'ValidationException'],
    ['no metric', { MetricName: undefined }, 'MissingRequiredParameterException'],
    ['more than a day', { Period: 3540, EvaluationPeriods: 25 }, 'ValidationException'],
    ['more of the periods than there are', { DatapointsToAlarm: 4 }, 'ValidationException'],
    ['missing data in other words', { TreatMissingData: 'Breaching' }, 'ValidationException'],
    ['two statistics', { ExtendedStatistic: 'p99' }, 'InvalidParameterCombinationException'],
    ['an unknown statistic', { Statistic: undefined, ExtendedStatistic: 'x99' }, 'ValidationException'],
    ['an action that is none', { AlarmActions: ['arn:aws:swf:x'] }, 'ValidationException'],
    ['metric math', { Metrics: [{ Id: 'e1', Expression: 'm1*2' }] }, 'ValidationException'],
  ])('with %s are refused', async (_what, input, code) => {
    await expect(putAlarm(input)).rejects.toMatchObject({ code });
    expect(call.cell.alarms.all.size).toBe(0);
  });

  it.each(['ALARM(none)', 'ALARM(failing', 'ALARM(both)', 'ALARM(over)'])(
    'by the rule %s are refused',
    async (AlarmRule) => {
      await putAlarm();
      const put = (AlarmName: string, rule: string) =>
        execute(cloudWatch, 'PutCompositeAlarm', { AlarmName, AlarmRule: rule }, call);
      await put('both', 'ALARM(failing)');
      await put('over', 'NOT ALARM(both)');
      await expect(put('both', AlarmRule)).rejects.toMatchObject({ code: 'ValidationException' });
    },
  );
});
