import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import { lambda } from '../lambda/index.ts';
import { sqs } from '../sqs/index.ts';
import { sns } from './index.ts';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const QueueUrl = 'http://127.0.0.1:4566/000000000000/inbox';

let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;

beforeEach(async () => {
  clock = steppedClock();
  runner = recordingRunner();
  call = serverlessCall({ clock, runner });
  await execute(sns, 'CreateTopic', { Name: 'news' }, call);
});

function policy(sourceArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    },
  });
}

async function subscribeQueue(
  Attributes: Record<string, string> = {},
  permitted = TopicArn,
): Promise<string> {
  await execute(sqs, 'CreateQueue', { QueueName: 'inbox', Attributes: { Policy: policy(permitted) } }, call);
  const input = { TopicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes };
  return (await execute(sns, 'Subscribe', input, call)).SubscriptionArn ?? '';
}

const publish = (input: object = {}) =>
  execute(sns, 'Publish', { TopicArn, Message: 'hello', Subject: 'a subject', ...input }, call);

async function received() {
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], WaitTimeSeconds: 0 };
  return (await execute(sqs, 'ReceiveMessage', input, call)).Messages ?? [];
}

async function metric(name: string): Promise<number> {
  const [start, end] = [clock.now() - 60_000, clock.now() + 60_000];
  const dimensions = { TopicName: 'news' };
  const read = call.cell.metrics.read({
    namespace: 'AWS/SNS',
    name,
    dimensions,
    start,
    end,
    period: 120_000,
  });
  return [...read.values()][0]?.sum ?? 0;
}

describe('a queue', () => {
  it('gets a message in an envelope', async () => {
    const arn = await subscribeQueue();
    const { MessageId } = await publish({
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } },
    });
    const [message] = await received();
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'a subject',
      Message: 'hello',
      Timestamp: '2026-01-01T00:00:00.000Z',
      UnsubscribeURL: expect.stringContaining(encodeURIComponent(arn)),
      MessageAttributes: { kind: { Type: 'String', Value: 'greeting' } },
    });
    expect(await metric('NumberOfNotificationsDelivered')).toBe(1);
  });

  it('gets it raw, with its attributes, where it wants that', async () => {
    await subscribeQueue({ RawMessageDelivery: 'true' });
    await publish({ MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } });
    expect(await received()).toMatchObject([
      { Body: 'hello', MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } },
    ]);
  });

  it('gets the text for its protocol', async () => {
    await subscribeQueue({ RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: 'for all', sqs: 'for queues' });
    await publish({ Message, MessageStructure: 'json' });
    expect(await received()).toMatchObject([{ Body: 'for queues' }]);
    await expect(publish({ Message: '{}', MessageStructure: 'json' })).rejects.toThrow(/No default entry/);
  });

  it('gets nothing from a topic that its policy does not name', async () => {
    await subscribeQueue({}, 'arn:aws:sns:us-east-1:000000000000:other');
    await publish();
    expect(await received()).toEqual([]);
    expect(await metric('NumberOfNotificationsFailed')).toBe(1);
  });

  it('gets nothing any more once its subscription has ended', async () => {
    const SubscriptionArn = await subscribeQueue();
    await execute(sns, 'Unsubscribe', { SubscriptionArn }, call);
    await publish();
    expect(await received()).toEqual([]);
    const { Attributes } = await execute(sns, 'GetTopicAttributes', { TopicArn }, call);
    expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '0', SubscriptionsDeleted: '1' });
  });

  it('gets several messages of one call, of which each is judged for itself', async () => {
    await subscribeQueue({ RawMessageDelivery: 'true' });
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: 'one' },
      { Id: 'b', Message: '' },
    ];
    const results = await execute(sns, 'PublishBatch', { TopicArn, PublishBatchRequestEntries }, call);
    expect(results).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'InvalidParameter' }],
    });
    expect(await received()).toMatchObject([{ Body: 'one' }]);
  });

  it('of dead letters gets what a subscriber did not permit', async () => {
    await execute(sqs, 'CreateQueue', { QueueName: 'inbox', Attributes: { Policy: policy(TopicArn) } }, call);
    const Endpoint = 'arn:aws:lambda:us-east-1:000000000000:function:nobody';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn });
    const input = { TopicArn, Protocol: 'lambda', Endpoint, Attributes: { RedrivePolicy } };
    await execute(sns, 'Subscribe', input, call);
    await publish();
    expect(JSON.parse((await received())[0]?.Body ?? '')).toMatchObject({ Message: 'hello' });
  });
});

describe('a function', () => {
  beforeEach(async () => {
    const Endpoint = await createTestFunction(call, '');
    await clock.advance(1000);
    await execute(sns, 'Subscribe', { TopicArn, Protocol: 'lambda', Endpoint }, call);
  });

  it('is invoked with a record, where it permits the topic', async () => {
    const permission = {
      FunctionName: 'test',
      StatementId: 'news',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: TopicArn,
    };
    await execute(lambda, 'AddPermission', permission, call);
    await publish();
    await clock.advance(0);
    expect(runner.invocations.map(({ payload }) => JSON.parse(payload))).toMatchObject([
      { Records: [{ EventSource: 'aws:sns', Sns: { TopicArn, Message: 'hello', Subject: 'a subject' } }] },
    ]);
  });

  it('is not, where it does not', async () => {
    await publish();
    await clock.advance(0);
    expect(runner.invocations).toEqual([]);
  });
});

describe('topics and subscriptions', () => {
  it('are made once', async () => {
    expect(await execute(sns, 'CreateTopic', { Name: 'news' }, call)).toEqual({ TopicArn });
    const first = await subscribeQueue();
    const again = { TopicArn, Protocol: 'sqs', Endpoint: queueArn };
    expect((await execute(sns, 'Subscribe', again, call)).SubscriptionArn).toBe(first);
    const { Subscriptions } = await execute(sns, 'ListSubscriptions', {}, call);
    expect(Subscriptions).toMatchObject([{ SubscriptionArn: first, Owner: '000000000000' }]);
  });

  it('that somebody has to agree to stay unconfirmed, and get nothing', async () => {
    const input = { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' };
    expect((await execute(sns, 'Subscribe', input, call)).SubscriptionArn).toBe('pending confirmation');
    await publish();
    expect(await metric('NumberOfNotificationsDelivered')).toBe(0);
    const { Subscriptions } = await execute(sns, 'ListSubscriptionsByTopic', { TopicArn }, call);
    expect(Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation' }]);
  });

  it('come in pages', async () => {
    for (let number = 0; number < 105; number++) {
      await execute(sns, 'CreateTopic', { Name: `topic-${number}` }, call);
    }
    const first = await execute(sns, 'ListTopics', {}, call);
    const second = await execute(sns, 'ListTopics', { NextToken: first.NextToken }, call);
    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 6, undefined]);
  });

  it('have tags and attributes', async () => {
    await execute(sns, 'TagResource', { ResourceArn: TopicArn, Tags: [{ Key: 'a', Value: '1' }] }, call);
    await execute(sns, 'UntagResource', { ResourceArn: TopicArn, TagKeys: ['b'] }, call);
    const { Tags } = await execute(sns, 'ListTagsForResource', { ResourceArn: TopicArn }, call);
    expect(Tags).toEqual([{ Key: 'a', Value: '1' }]);
    const change = { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'News' };
    await execute(sns, 'SetTopicAttributes', change, call);
    const logged = { TopicArn, AttributeName: 'SQSSuccessFeedbackSampleRate', AttributeValue: '100' };
    await execute(sns, 'SetTopicAttributes', logged, call);
    const { Attributes } = await execute(sns, 'GetTopicAttributes', { TopicArn }, call);
    expect(Attributes).toMatchObject({
      SQSSuccessFeedbackSampleRate: '100',
      DisplayName: 'News',
      Policy: expect.stringContaining('SourceOwner'),
    });
  });

  const refused: [string, () => Promise<unknown>, string][] = [
    ['an unknown topic', () => publish({ TopicArn: `${TopicArn}2` }), 'NotFound'],
    ['what is no ARN', () => publish({ TopicArn: 'news' }), 'InvalidParameter'],
    ['an empty message', () => publish({ Message: '' }), 'InvalidParameter'],
    ['a long message', () => publish({ Message: 'x'.repeat(262_145) }), 'InvalidParameter'],
    ['a subject of two lines', () => publish({ Subject: 'a\nb' }), 'InvalidParameter'],
    ['a FIFO topic', () => execute(sns, 'CreateTopic', { Name: 'x.fifo' }, call), 'InvalidParameter'],
    [
      'another topic of the same name',
      () => execute(sns, 'CreateTopic', { Name: 'news', Attributes: { DisplayName: 'x' } }, call),
      'InvalidParameter',
    ],
    [
      'a policy that is none',
      () =>
        execute(sns, 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: '{}' }, call),
      'InvalidParameter',
    ],
    [
      'an unknown attribute',
      () =>
        execute(sns, 'SetTopicAttributes', { TopicArn, AttributeName: 'Color', AttributeValue: 'x' }, call),
      'InvalidParameter',
    ],
    ['a filter policy', () => subscribeQueue({ FilterPolicy: '{"a":["b"]}' }), 'InvalidParameter'],
    [
      'an unknown protocol',
      () => execute(sns, 'Subscribe', { TopicArn, Protocol: 'pigeon', Endpoint: 'x' }, call),
      'InvalidParameter',
    ],
    [
      'an unknown subscription',
      () => execute(sns, 'GetSubscriptionAttributes', { SubscriptionArn: `${TopicArn}:x` }, call),
      'NotFound',
    ],
  ];
  it.each(refused)('refuse %s', async (_what, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code });
  });
});
