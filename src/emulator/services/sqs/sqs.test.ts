import { GetQueueUrlCommand, QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { sqs } from './index.ts';

const seconds = 1000;
let clock: SteppedClock;
let call: Call;
let QueueUrl: string;

beforeEach(async () => {
  clock = steppedClock();
  call = serverlessCall({ clock, runner: recordingRunner() });
  QueueUrl = await create('queue');
});

async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await execute(sqs, 'CreateQueue', { QueueName, Attributes }, call)).QueueUrl ?? '';
}

const send = (MessageBody: string, DelaySeconds?: number) =>
  execute(sqs, 'SendMessage', { QueueUrl, MessageBody, DelaySeconds }, call);

async function receive(url = QueueUrl): Promise<{ body: string; handle: string }[]> {
  const { Messages = [] } = await execute(
    sqs,
    'ReceiveMessage',
    { QueueUrl: url, MaxNumberOfMessages: 10 },
    call,
  );
  return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, handle: ReceiptHandle }));
}

const bodies = async (url?: string) => (await receive(url)).map(({ body }) => body);

async function counts(): Promise<(string | undefined)[]> {
  const { Attributes = {} }: { Attributes?: Record<string, string> } = await execute(
    sqs,
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['All'] },
    call,
  );
  return ['', 'NotVisible', 'Delayed'].map((kind) => Attributes[`ApproximateNumberOfMessages${kind}`]);
}

describe('a queue', () => {
  test('is made once, found by its name, and deleted', async () => {
    expect(await create('queue')).toBe(QueueUrl);
    await expect(create('queue', { DelaySeconds: '5' })).rejects.toMatchObject({ code: 'QueueNameExists' });
    expect(await execute(sqs, 'GetQueueUrl', { QueueName: 'queue' }, call)).toEqual({ QueueUrl });
    await create('other');
    expect(await execute(sqs, 'ListQueues', { QueueNamePrefix: 'qu' }, call)).toMatchObject({
      QueueUrls: [QueueUrl],
    });
    await execute(sqs, 'DeleteQueue', { QueueUrl }, call);
    await expect(send('late')).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });

  test('tells its settings, and refuses those it does not know', async () => {
    const set = (Attributes: Record<string, string>) =>
      execute(sqs, 'SetQueueAttributes', { QueueUrl, Attributes }, call);
    await set({ VisibilityTimeout: '60', Policy: '{"Statement":[]}' });
    const { Attributes } = await execute(
      sqs,
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['VisibilityTimeout', 'Policy', 'QueueArn', 'RedrivePolicy'] },
      call,
    );
    expect(Attributes).toEqual({
      VisibilityTimeout: '60',
      Policy: '{"Statement":[]}',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    });
    await expect(set({ VisibilityTimeout: '43201' })).rejects.toMatchObject({
      code: 'InvalidAttributeValue',
    });
    await expect(set({ Colour: 'red' })).rejects.toMatchObject({ code: 'InvalidAttributeName' });
    await expect(create('ordered.fifo')).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  test('is tagged', async () => {
    await execute(sqs, 'TagQueue', { QueueUrl, Tags: { team: 'net', tier: '1' } }, call);
    await execute(sqs, 'UntagQueue', { QueueUrl, TagKeys: ['tier'] }, call);
    expect(await execute(sqs, 'ListQueueTags', { QueueUrl }, call)).toEqual({ Tags: { team: 'net' } });
  });
});

describe('a message', () => {
  test('is hidden by its delay', async () => {
    await send('now');
    await send('later', 10);
    expect(await counts()).toEqual(['1', '0', '1']);
    expect(await bodies()).toEqual(['now']);
    await clock.advance(10 * seconds);
    expect(await bodies()).toEqual(['later']);
  });

  test('is hidden by whoever receives it, and reappears unless deleted', async () => {
    await send('one');
    await send('two');
    const [first] = await receive();
    expect(await counts()).toEqual(['0', '2', '0']);
    await execute(sqs, 'DeleteMessage', { QueueUrl, ReceiptHandle: first?.handle }, call);
    expect(await bodies()).toEqual([]);
    await clock.advance(30 * seconds);
    expect(await bodies()).toEqual(['two']);
  });

  test('is shown earlier, or later, on request', async () => {
    await send('one');
    const [{ handle: ReceiptHandle = '' } = {}] = await receive();
    const change = (VisibilityTimeout: number) =>
      execute(sqs, 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout }, call);
    await change(100);
    await clock.advance(99 * seconds);
    expect(await bodies()).toEqual([]);
    await change(0);
    expect(await bodies()).toEqual(['one']);
    await expect(change(0)).rejects.toMatchObject({ code: 'ReceiptHandleIsInvalid' });
  });

  test('goes to the dead-letter queue after so many receives', async () => {
    const dead = await create('dead');
    const redrive = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 2 };
    QueueUrl = await create('source', { RedrivePolicy: JSON.stringify(redrive), VisibilityTimeout: '5' });
    await send('poison');
    for (const want of [['poison'], ['poison'], []]) {
      expect(await bodies()).toEqual(want);
      await clock.advance(5 * seconds);
    }
    expect(await counts()).toEqual(['0', '0', '0']);
    expect(await bodies(dead)).toEqual(['poison']);
  });

  test('is forgotten after its retention, and by a purge', async () => {
    QueueUrl = await create('short', { MessageRetentionPeriod: '60' });
    await send('old');
    await clock.advance(60 * seconds);
    await send('new');
    expect(await bodies()).toEqual(['new']);
    await execute(sqs, 'PurgeQueue', { QueueUrl }, call);
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  test('is waited for, at most as long as asked', async () => {
    const waiting = (WaitTimeSeconds: number) =>
      execute(sqs, 'ReceiveMessage', { QueueUrl, WaitTimeSeconds }, call);
    const nothing = waiting(10);
    await clock.advance(10 * seconds);
    expect(await nothing).toEqual({});
    await send('soon', 5);
    const something = waiting(20);
    await clock.advance(5 * seconds);
    expect(await something).toMatchObject({ Messages: [{ Body: 'soon' }] });
  });

  test('carries attributes, which are told to whom they interest', async () => {
    await execute(
      sqs,
      'SendMessage',
      {
        QueueUrl,
        MessageBody: 'one',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'tick' },
          raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
        },
      },
      call,
    );
    const { Messages: [message] = [] } = await execute(
      sqs,
      'ReceiveMessage',
      { QueueUrl, MessageSystemAttributeNames: ['SentTimestamp'], MessageAttributeNames: ['ki.*'] },
      call,
    );
    expect(message?.Attributes).toEqual({ SentTimestamp: String(clock.now()) });
    expect(message?.MessageAttributes).toEqual({ kind: { DataType: 'String', StringValue: 'tick' } });
  });

  test.each([
    { name: 'empty', MessageBody: '', DelaySeconds: 0 },
    { name: 'too long', MessageBody: 'x'.repeat(1_048_577), DelaySeconds: 0 },
    { name: 'delayed too long', MessageBody: 'x', DelaySeconds: 901 },
  ])('is refused where it is $name', async ({ MessageBody, DelaySeconds }) => {
    await expect(send(MessageBody, DelaySeconds)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });
});

describe('a batch', () => {
  const batch = (...delays: number[]) =>
    execute(
      sqs,
      'SendMessageBatch',
      {
        QueueUrl,
        Entries: delays.map((DelaySeconds, index) => ({
          Id: String(index),
          MessageBody: `message ${index}`,
          DelaySeconds,
        })),
      },
      call,
    );

  test('succeeds and fails entry by entry', async () => {
    const { Successful, Failed } = await batch(0, 1000, 0);
    expect(Successful?.map(({ Id }) => Id)).toEqual(['0', '2']);
    expect(Failed).toMatchObject([{ Id: '1', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const received = await receive();
    const Entries = received.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    await execute(sqs, 'DeleteMessageBatch', { QueueUrl, Entries }, call);
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  test('has one to ten entries, each with an id of its own', async () => {
    await expect(batch()).rejects.toMatchObject({ code: 'EmptyBatchRequest' });
    await expect(batch(...Array(11).fill(0))).rejects.toMatchObject({ code: 'TooManyEntriesInBatchRequest' });
    const Entries = [
      { Id: 'a', MessageBody: 'x' },
      { Id: 'a', MessageBody: 'y' },
    ];
    await expect(execute(sqs, 'SendMessageBatch', { QueueUrl, Entries }, call)).rejects.toMatchObject({
      code: 'BatchEntryIdsNotDistinct',
    });
  });
});

describe('the SQS client', () => {
  let local: Emulator;
  let client: SQSClient;

  beforeEach(async () => {
    local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
    client = new SQSClient({
      endpoint: local.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });

  afterEach(async () => {
    client.destroy();
    await local.close();
  });

  test('speaks to a queue at its URL, checks digests, and knows errors', async () => {
    call = { ...call, cell: local.cell() };
    QueueUrl = await create('client');
    const attribute = { DataType: 'Number', StringValue: '1' };
    const sent = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'hällo', MessageAttributes: { n: attribute } }),
    );
    // Taken from Python: hashlib.md5 over SQS's documented encoding of names, types and values.
    expect(sent).toMatchObject({ MD5OfMessageAttributes: 'ef88bdc4583394a9f2bcdc6a6f0ccbfe' });
    const missing = client.send(new GetQueueUrlCommand({ QueueName: 'missing' }));
    await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});
