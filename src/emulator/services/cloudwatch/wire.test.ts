import { CloudWatch, type CloudWatchClientConfig, ResourceNotFound } from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

const clock = steppedClock();
let local: Emulator;

beforeAll(async () => {
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
});

afterAll(() => local.close());

/** Each with the protocol of its clients: SDK for JavaScript, Terraform’s provider, boto3 and the AWS CLI. */
const protocols = [
  { name: 'JSON', settings: {} },
  { name: 'Query', settings: { protocol: AwsQueryProtocol } },
  { name: 'CBOR', settings: { protocol: SmithyRpcV2CborProtocol } },
];

function clientOf(settings: CloudWatchClientConfig): CloudWatch {
  return new CloudWatch({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    ...settings,
  });
}

describe.each(protocols)('CloudWatch in $name', ({ name, settings }) => {
  const client = () => clientOf(settings);
  const Dimensions = [{ Name: 'Protocol', Value: name }];

  it('carries times, numbers and lists both ways', async () => {
    const Timestamp = new Date(clock.now() - 60_000);
    const MetricData = [
      { MetricName: 'wire', Dimensions, Timestamp, Value: 1.5, Unit: 'Milliseconds' as const },
      { MetricName: 'wire', Dimensions, Timestamp, Values: [2, -7], Counts: [3, 1] },
    ];
    await client().putMetricData({ Namespace: 'test', MetricData });
    const { MetricDataResults } = await client().getMetricData({
      StartTime: Timestamp,
      EndTime: new Date(clock.now()),
      MetricDataQueries: ['Sum', 'p75'].map((Stat, index) => ({
        Id: `m${index}`,
        MetricStat: { Metric: { Namespace: 'test', MetricName: 'wire', Dimensions }, Period: 60, Stat },
      })),
    });
    expect(MetricDataResults?.map(({ Timestamps, Values }) => ({ Timestamps, Values }))).toEqual([
      { Timestamps: [Timestamp], Values: [0.5] },
      { Timestamps: [Timestamp], Values: [2] },
    ]);
  });

  it('carries an alarm both ways', async () => {
    const alarm = {
      AlarmName: `wire-${name}`,
      Namespace: 'test',
      MetricName: 'wire',
      Dimensions,
      Statistic: 'Sum' as const,
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 0.25,
      ComparisonOperator: 'LessThanThreshold' as const,
      ActionsEnabled: false,
      OKActions: ['arn:aws:sns:us-east-1:000000000000:nobody'],
    };
    await client().putMetricAlarm(alarm);
    const { MetricAlarms } = await client().describeAlarms({ AlarmNames: [alarm.AlarmName] });
    expect(MetricAlarms).toMatchObject([
      { ...alarm, StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp: new Date(clock.now()) },
    ]);
  });

  it('tells errors by their class', async () => {
    const set = client().setAlarmState({ AlarmName: 'none', StateValue: 'OK', StateReason: 'x' });
    await expect(set).rejects.toBeInstanceOf(ResourceNotFound);
    await expect(set).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('tells what is not valid', async () => {
    const put = client().putMetricAlarm({
      AlarmName: 'x',
      EvaluationPeriods: 1,
      ComparisonOperator: 'Sideways' as 'LessThanThreshold',
    });
    await expect(put).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

// In CBOR the SDK for JavaScript tells the length that a body had before it was compressed: such a request never ends.
describe.each(protocols.filter(({ name }) => name !== 'CBOR'))(
  'CloudWatch in $name',
  ({ name, settings }) => {
    it('takes large bodies, which clients compress', async () => {
      const MetricData = Array.from({ length: 300 }, (_, index) => ({
        MetricName: `compressed-${name}`,
        Value: index,
      }));
      await clientOf(settings).putMetricData({ Namespace: 'test', MetricData });
      const { Datapoints } = await clientOf(settings).getMetricStatistics({
        Namespace: 'test',
        MetricName: `compressed-${name}`,
        StartTime: new Date(clock.now() - 60_000),
        EndTime: new Date(clock.now() + 60_000),
        Period: 60,
        Statistics: ['SampleCount', 'Maximum'],
      });
      expect(Datapoints).toMatchObject([{ SampleCount: 300, Maximum: 299 }]);
    });
  },
);

it('refuses a body that is not compressed as it says', async () => {
  const answer = await fetch(local.endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/monitoring/aws4_request',
      'content-encoding': 'gzip',
      'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
    },
    body: '{}',
  });
  expect([answer.status, await answer.json()]).toMatchObject([400, { __type: 'SerializationException' }]);
});
