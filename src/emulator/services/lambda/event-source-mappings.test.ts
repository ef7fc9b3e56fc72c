import type { CreateEventSourceMappingRequest, CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import type { InvocationResult, Runner } from '../../world/functions/runner.ts';
import { iam } from '../iam/index.ts';
import { sqs } from '../sqs/index.ts';
import { lambda } from './index.ts';

const seconds = 1000;
const EventSourceArn = 'arn:aws:sqs:us-east-1:000000000000:queue';
let clock: SteppedClock;
let call: Call;
let QueueUrl: string;
/** The bodies that each invocation got. */
let batches: string[][];
let answer: (bodies: string[], ids: string[]) => Partial<InvocationResult> | Promise<InvocationResult>;

const runner: Runner = {
  async run(_cell, _version, { payload }) {
    const { Records } = JSON.parse(payload) as { Records: { body: string; messageId: string }[] };
    const bodies = Records.map(({ body }) => body);
    batches.push(bodies);
    const told = await answer(
      bodies,
      Records.map(({ messageId }) => messageId),
    );
    return { payload: 'null', functionError: undefined, durationMs: 1, log: '', ...told };
  },
  retire() {},
};

beforeEach(async () => {
  clock = steppedClock();
  call = serverlessCall({ clock, runner });
  batches = [];
  answer = () => ({});
  QueueUrl = (await execute(sqs, 'CreateQueue', { QueueName: 'queue' }, call)).QueueUrl ?? '';
});

async function permit(actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
  const Statement = { Effect: 'Allow', Action: actions, Resource: EventSourceArn };
  const input = {
    RoleName: 'function-role',
    PolicyName: 'queue',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  };
  await execute(iam, 'PutRolePolicy', input, call);
}

async function map(
  mapping: Partial<CreateEventSourceMappingRequest> = {},
  settings: Partial<CreateFunctionRequest> = {},
): Promise<string> {
  await createTestFunction(call, '', settings);
  await permit();
  const input = { FunctionName: 'test', EventSourceArn, ...mapping };
  const { UUID = '' } = await execute(lambda, 'CreateEventSourceMapping', input, call);
  await clock.advance(3 * seconds);
  return UUID;
}

async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) await execute(sqs, 'SendMessage', { QueueUrl, MessageBody }, call);
}

async function left(): Promise<string | undefined> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await execute(
    sqs,
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: [...names] },
    call,
  );
  return names.map((name) => Attributes?.[name]).join('+');
}

describe('an event source mapping', () => {
  test('has tags of its own, apart from its function’s', async () => {
    const UUID = await map({ Tags: { team: 'net' } });
    const { EventSourceMappingArn: Resource } = await execute(
      lambda,
      'GetEventSourceMapping',
      { UUID },
      call,
    );
    await execute(lambda, 'TagResource', { Resource, Tags: { stage: 'test' } }, call);
    await execute(lambda, 'UntagResource', { Resource, TagKeys: ['team'] }, call);
    const tagsOf = async (arn?: string) => (await execute(lambda, 'ListTags', { Resource: arn }, call)).Tags;
    expect(await tagsOf(Resource)).toEqual({ stage: 'test' });
    expect(await tagsOf('arn:aws:lambda:us-east-1:000000000000:function:test')).toEqual({});
    await expect(tagsOf(`${Resource}0`)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('invokes the function with what is in the queue, as SQS events are, and deletes it', async () => {
    let payload = '';
    const { run } = runner;
    const recording: Runner = {
      ...runner,
      run(cell, version, invocation) {
        payload = invocation.payload;
        return run(cell, version, invocation);
      },
    };
    call = serverlessCall({ clock, runner: recording });
    await execute(sqs, 'CreateQueue', { QueueName: 'queue' }, call);
    await map();
    await send('one');
    await clock.advance(1 * seconds);
    expect(JSON.parse(payload)).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: 'one',
          attributes: {
            SenderId: call.caller,
            SentTimestamp: String(clock.now() - 1 * seconds),
            ApproximateReceiveCount: '1',
            ApproximateFirstReceiveTimestamp: expect.any(String),
          },
          messageAttributes: {},
          md5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
          eventSource: 'aws:sqs',
          eventSourceARN: EventSourceArn,
          awsRegion: 'us-east-1',
        },
      ],
    });
    expect(await left()).toBe('0+0');
  });

  test('gives messages that wait together in batches', async () => {
    await map({ BatchSize: 2 });
    await send('a', 'b', 'c');
    await clock.advance(1 * seconds);
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  test('delivers a delayed message when its time has come', async () => {
    await map();
    await execute(sqs, 'SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 10 }, call);
    await clock.advance(9 * seconds);
    expect(batches).toEqual([]);
    await clock.advance(2 * seconds);
    expect(batches).toEqual([['later']]);
  });

  test('delivers a failed batch again after the visibility time-out', async () => {
    await map();
    answer = () => ({ functionError: 'Unhandled' });
    await send('one');
    await clock.advance(29 * seconds);
    expect([batches.length, await left()]).toEqual([1, '0+1']);
    answer = () => ({});
    await clock.advance(2 * seconds);
    expect([batches.length, await left()]).toEqual([2, '0+0']);
  });

  test.each([
    { name: 'names one', failures: (ids: string[]) => [{ itemIdentifier: ids[1] }], want: '0+1' },
    { name: 'names none', failures: () => [], want: '0+0' },
    { name: 'names what was not sent', failures: () => [{ itemIdentifier: 'x' }], want: '0+2' },
    { name: 'is no list', failures: () => 'all', want: '0+2' },
  ])('keeps the failed messages of an answer that $name', async ({ failures, want }) => {
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    answer = (_bodies, ids) => ({ payload: JSON.stringify({ batchItemFailures: failures(ids) }) });
    await send('a', 'b');
    await clock.advance(1 * seconds);
    expect(await left()).toBe(want);
  });

  test('keeps within its concurrency', async () => {
    let finish = (): void => {};
    answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ payload: 'null', functionError: undefined, durationMs: 1, log: '' });
      });
    await map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    await send('a', 'b', 'c');
    await clock.advance(1 * seconds);
    expect(batches).toEqual([['a'], ['b']]);
    finish();
    await clock.advance(1 * seconds);
    expect(batches).toEqual([['a'], ['b'], ['c']]);
  });

  test('waits while the function has no concurrency left', async () => {
    await map();
    const input = { FunctionName: 'test', ReservedConcurrentExecutions: 0 };
    await execute(lambda, 'PutFunctionConcurrency', input, call);
    await send('one');
    await clock.advance(5 * seconds);
    expect([batches.length, await left()]).toEqual([0, '1+0']);
    await execute(lambda, 'DeleteFunctionConcurrency', { FunctionName: 'test' }, call);
    await clock.advance(1 * seconds);
    expect(batches).toEqual([['one']]);
  });

  test('is described, listed, changed, disabled and deleted', async () => {
    const UUID = await map();
    const get = () => execute(lambda, 'GetEventSourceMapping', { UUID }, call);
    expect(await get()).toMatchObject({ State: 'Enabled', BatchSize: 10, EventSourceArn });
    const listed = await execute(lambda, 'ListEventSourceMappings', { FunctionName: 'test' }, call);
    expect(listed.EventSourceMappings?.map((mapping) => mapping.UUID)).toEqual([UUID]);

    const update = { UUID, Enabled: false, BatchSize: 5 };
    expect(await execute(lambda, 'UpdateEventSourceMapping', update, call)).toMatchObject({
      State: 'Updating',
    });
    await clock.advance(3 * seconds);
    expect(await get()).toMatchObject({ State: 'Disabled', BatchSize: 5 });
    await send('one');
    await clock.advance(3 * seconds);
    expect(batches).toEqual([]);

    await execute(lambda, 'DeleteEventSourceMapping', { UUID }, call);
    await clock.advance(3 * seconds);
    await expect(get()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('is refused a second time', async () => {
    await map();
    const again = execute(lambda, 'CreateEventSourceMapping', { FunctionName: 'test', EventSourceArn }, call);
    await expect(again).rejects.toMatchObject({ code: 'ResourceConflictException' });
  });

  test.each([
    { name: 'a queue that is not there', input: { EventSourceArn: `${EventSourceArn}2` }, want: 'no queue' },
    { name: 'a batch too large', input: { BatchSize: 11 }, want: 'Batch size 11' },
    { name: 'a setting not known here', input: { ParallelizationFactor: 2 }, want: 'ParallelizationFactor' },
    { name: 'too little concurrency', input: { ScalingConfig: { MaximumConcurrency: 1 } }, want: 'got 1' },
  ])('is refused with $name', async ({ input, want }) => {
    await expect(map(input)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining(want),
    });
  });

  test('is refused where messages reappear before the function has timed out', async () => {
    await expect(map({}, { Timeout: 31 })).rejects.toThrow(
      'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
    );
  });

  test('is refused where the role may not delete messages', async () => {
    await createTestFunction(call, '');
    await permit(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes']);
    const input = { FunctionName: 'test', EventSourceArn };
    await expect(execute(lambda, 'CreateEventSourceMapping', input, call)).rejects.toThrow(
      'does not have permissions to call DeleteMessage on SQS',
    );
  });
});
