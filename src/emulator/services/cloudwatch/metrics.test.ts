import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import { lambda } from '../lambda/index.ts';
import { logs } from '../logs/index.ts';
import { followLogs } from './follow-logs.ts';
import { cloudWatch } from './index.ts';

const Namespace = 'test';
const minute = 60_000;
const hour = 60 * minute;

let clock: SteppedClock;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  call = serverlessCall({ clock, runner: recordingRunner() });
});

const put = (...MetricData: object[]) =>
  execute(cloudWatch, 'PutMetricData', { Namespace, MetricData: MetricData as never[] }, call);

const range = (backMs: number) => ({
  StartTime: new Date(clock.now() - backMs),
  EndTime: new Date(clock.now() + minute),
});

const metricStat = (MetricName: string, Stat = 'Sum') => ({
  Metric: { Namespace, MetricName },
  Period: 60,
  Stat,
});

describe('PutMetricData', () => {
  it.each<[string, object, string]>([
    ['no value', { MetricName: 'm' }, 'MissingRequiredParameterException'],
    ['no name', { Value: 1 }, 'MissingRequiredParameterException'],
    [
      'two kinds of values',
      { MetricName: 'm', Value: 1, Values: [1] },
      'InvalidParameterCombinationException',
    ],
    ['an unknown unit', { MetricName: 'm', Value: 1, Unit: 'Parsec' }, 'InvalidParameterValueException'],
    ['a value that is no number', { MetricName: 'm', Value: Number.NaN }, 'InvalidParameterValueException'],
    [
      'fewer counts than values',
      { MetricName: 'm', Values: [1, 2], Counts: [1] },
      'InvalidParameterValueException',
    ],
    [
      'a resolution of 30 seconds',
      { MetricName: 'm', Value: 1, StorageResolution: 30 },
      'InvalidParameterValueException',
    ],
    [
      'a time of last month',
      { MetricName: 'm', Value: 1, Timestamp: new Date(Date.UTC(2025, 11, 1)) },
      'InvalidParameterValueException',
    ],
    [
      'a time of tomorrow',
      { MetricName: 'm', Value: 1, Timestamp: new Date(Date.UTC(2026, 0, 2)) },
      'InvalidParameterValueException',
    ],
    [
      'a dimension without a value',
      { MetricName: 'm', Value: 1, Dimensions: [{ Name: 'a', Value: '' }] },
      'InvalidParameterValueException',
    ],
    [
      'a summary that cannot be',
      { MetricName: 'm', StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 2, Maximum: 1 } },
      'InvalidParameterValueException',
    ],
  ])('refuses %s, and all that comes with it', async (_what, datum, code) => {
    await expect(put({ MetricName: 'good', Value: 1 }, datum)).rejects.toMatchObject({ code });
    expect(call.cell.metrics.all).toEqual([]);
  });
});

describe('GetMetricData', () => {
  it('gives several metrics, in pages of so many values in all', async () => {
    for (let count = 0; count < 3; count++) {
      await put({ MetricName: 'a', Value: count }, { MetricName: 'b', Value: 10 * count });
      await clock.advance(minute);
    }
    const MetricDataQueries = [
      { Id: 'a', MetricStat: metricStat('a') },
      { Id: 'hidden', MetricStat: metricStat('a'), ReturnData: false },
      { Id: 'b', Label: 'B', MetricStat: metricStat('b') },
    ];
    const input = {
      ...range(hour),
      MetricDataQueries,
      MaxDatapoints: 4,
      ScanBy: 'TimestampAscending' as const,
    };
    const first = await execute(cloudWatch, 'GetMetricData', input, call);
    expect(first.MetricDataResults).toMatchObject([
      { Id: 'a', Label: 'a', Values: [0, 1, 2], StatusCode: 'Complete' },
      { Id: 'b', Label: 'B', Values: [0], StatusCode: 'PartialData' },
    ]);
    const second = await execute(cloudWatch, 'GetMetricData', { ...input, NextToken: first.NextToken }, call);
    expect(second.MetricDataResults?.map(({ Values }) => Values)).toEqual([[], [10, 20]]);
    expect(second.NextToken).toBeUndefined();
  });

  it('gives the latest first', async () => {
    await put({ MetricName: 'a', Value: 1 });
    await clock.advance(minute);
    await put({ MetricName: 'a', Value: 2 });
    const input = { ...range(hour), MetricDataQueries: [{ Id: 'a', MetricStat: metricStat('a') }] };
    const { MetricDataResults } = await execute(cloudWatch, 'GetMetricData', input, call);
    expect(MetricDataResults).toMatchObject([
      { Values: [2, 1], Timestamps: [new Date(clock.now()), new Date(clock.now() - minute)] },
    ]);
  });

  it.each<[string, object]>([
    ['metric math', { Id: 'e1', Expression: 'SUM(METRICS())' }],
    ['an id in capitals', { Id: 'A', MetricStat: metricStat('a') }],
    ['an unknown statistic', { Id: 'a', MetricStat: metricStat('a', 'Most') }],
  ])('refuses %s', async (_what, query) => {
    const input = { ...range(hour), MetricDataQueries: [query as never] };
    await expect(execute(cloudWatch, 'GetMetricData', input, call)).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});

describe('GetMetricStatistics', () => {
  const asked = () => ({ Namespace, MetricName: 'a', Period: 60, ...range(hour) });

  it('gives statistics and percentiles, with their unit', async () => {
    await put({ MetricName: 'a', Values: [1, 2, 3, 4], Unit: 'Seconds' });
    const input = {
      ...asked(),
      Statistics: ['Average' as const, 'Minimum' as const],
      ExtendedStatistics: ['p50'],
    };
    expect((await execute(cloudWatch, 'GetMetricStatistics', input, call)).Datapoints).toEqual([
      {
        Timestamp: new Date(clock.now()),
        Average: 2.5,
        Minimum: 1,
        Unit: 'Seconds',
        ExtendedStatistics: { p50: 2 },
      },
    ]);
  });

  it.each<[string, object, string]>([
    ['no statistic', {}, 'InvalidParameterCombinationException'],
    ['a period of 45 seconds', { Statistics: ['Sum'], Period: 45 }, 'InvalidParameterValueException'],
    ['too many values', { Statistics: ['Sum'], Period: 1 }, 'InvalidParameterCombinationException'],
    ['an end before the start', { Statistics: ['Sum'], EndTime: new Date(0) }, 'ValidationException'],
  ])('refuses %s', async (_what, input, code) => {
    const get = execute(cloudWatch, 'GetMetricStatistics', { ...asked(), ...input }, call);
    await expect(get).rejects.toMatchObject({ code });
  });
});

describe('ListMetrics', () => {
  const names = async (input: object = {}) =>
    (await execute(cloudWatch, 'ListMetrics', input, call)).Metrics?.map(({ MetricName }) => MetricName);

  it('finds by namespace, name, dimensions and age', async () => {
    await put({ MetricName: 'a', Value: 1, Dimensions: [{ Name: 'x', Value: '1' }] });
    await clock.advance(4 * hour);
    await put({ MetricName: 'b', Value: 1, Dimensions: [{ Name: 'x', Value: '2' }] });
    expect(await names()).toEqual(['a', 'b']);
    expect(await names({ MetricName: 'b' })).toEqual(['b']);
    expect(await names({ Namespace: 'other' })).toEqual([]);
    expect(await names({ Dimensions: [{ Name: 'x' }] })).toEqual(['a', 'b']);
    expect(await names({ Dimensions: [{ Name: 'x', Value: '1' }] })).toEqual(['a']);
    expect(await names({ RecentlyActive: 'PT3H' })).toEqual(['b']);
  });

  it('comes in pages', async () => {
    await put(...Array.from({ length: 501 }, (_, index) => ({ MetricName: `m${index}`, Value: 1 })));
    const { Metrics, NextToken } = await execute(cloudWatch, 'ListMetrics', {}, call);
    expect(Metrics).toHaveLength(500);
    expect(await names({ NextToken })).toHaveLength(1);
  });
});

/** All values of the last hour. */
const sum = (namespace: string, name: string, dimensions: Record<string, string>) => {
  const [start, end] = [clock.now() - hour, clock.now() + minute];
  const read = call.cell.metrics.read({ namespace, name, dimensions, start, end, period: 2 * hour });
  return [...read.values()][0]?.sum;
};

describe('what AWS measures itself', () => {
  it('are a function’s invocations, errors, durations and throttles', async () => {
    const runner = recordingRunner();
    call = serverlessCall({ clock, runner });
    await createTestFunction(call, '');
    await clock.advance(1000);
    const invoke = () => execute(lambda, 'Invoke', { FunctionName: 'test' }, call);
    await invoke();
    runner.failWith = 'no';
    await invoke();
    const none = { FunctionName: 'test', ReservedConcurrentExecutions: 0 };
    await execute(lambda, 'PutFunctionConcurrency', none, call);
    await expect(invoke()).rejects.toThrow('Rate Exceeded');
    const names = ['Invocations', 'Errors', 'Duration', 'Throttles'];
    expect(names.map((name) => sum('AWS/Lambda', name, { FunctionName: 'test' }))).toEqual([2, 1, 2, 1]);
  });
});

describe('what log events hold in embedded metric format', () => {
  it('becomes metrics, at the world’s time', async () => {
    followLogs(call.cell);
    const name = { logGroupName: 'g', logStreamName: 's' };
    await execute(logs, 'CreateLogGroup', name, call);
    await execute(logs, 'CreateLogStream', name, call);
    const message = (Timestamp: number) =>
      JSON.stringify({
        _aws: {
          Timestamp,
          CloudWatchMetrics: [{ Namespace, Dimensions: [['Binding']], Metrics: [{ Name: 'Desired' }] }],
        },
        Binding: 'one',
        Desired: 4,
      });
    const logEvents = [{ timestamp: clock.now(), message: message(clock.now() - minute) }];
    await execute(logs, 'PutLogEvents', { ...name, logEvents }, call);
    expect(sum(Namespace, 'Desired', { Binding: 'one' })).toBe(4);
    // A function's process dates by the machine's clock, which is somewhere else altogether.
    const writersTime = Date.UTC(2030, 0, 1);
    const entry = { timestamp: clock.now(), message: message(writersTime - minute), writersTime };
    call.cell.logGroups.write('g', 's', [entry], clock.now());
    expect(sum(Namespace, 'Desired', { Binding: 'one' })).toBe(8);
  });
});

describe('dashboards', () => {
  const DashboardName = 'passes';
  const DashboardBody = '{"widgets":[]}';

  it('are put, got, listed and deleted', async () => {
    await execute(cloudWatch, 'PutDashboard', { DashboardName, DashboardBody: '{"widgets":[{}]}' }, call);
    await execute(cloudWatch, 'PutDashboard', { DashboardName, DashboardBody }, call);
    expect(await execute(cloudWatch, 'GetDashboard', { DashboardName }, call)).toMatchObject({
      DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/passes',
      DashboardBody,
    });
    const { DashboardEntries } = await execute(
      cloudWatch,
      'ListDashboards',
      { DashboardNamePrefix: 'pa' },
      call,
    );
    expect(DashboardEntries).toMatchObject([{ DashboardName, Size: DashboardBody.length }]);
    await execute(cloudWatch, 'DeleteDashboards', { DashboardNames: [DashboardName] }, call);
    await expect(execute(cloudWatch, 'GetDashboard', { DashboardName }, call)).rejects.toMatchObject({
      code: 'DashboardNotFoundError',
    });
  });

  it.each(['{', '[]', '{"widgets":{}}'])('of the body %s are refused', async (body) => {
    const put = execute(cloudWatch, 'PutDashboard', { DashboardName, DashboardBody: body }, call);
    await expect(put).rejects.toMatchObject({ code: 'DashboardInvalidInputError' });
  });
});
