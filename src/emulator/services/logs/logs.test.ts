import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { logs } from './index.ts';

const logGroupName = '/aws/lambda/test';
const logStreamName = 'stream';
let clock: SteppedClock;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  call = serverlessCall({ clock, runner: recordingRunner() });
});

async function createStream(name = logStreamName): Promise<void> {
  if (!call.cell.logGroups.all.has(logGroupName))
    await execute(logs, 'CreateLogGroup', { logGroupName }, call);
  await execute(logs, 'CreateLogStream', { logGroupName, logStreamName: name }, call);
}

async function put(messages: string[], name = logStreamName): Promise<void> {
  const logEvents = messages.map((message, index) => ({ timestamp: clock.now() + index, message }));
  await execute(logs, 'PutLogEvents', { logGroupName, logStreamName: name, logEvents }, call);
}

describe('a log group', () => {
  test('is described with its retention', async () => {
    await execute(logs, 'CreateLogGroup', { logGroupName, tags: { team: 'net' } }, call);
    await execute(logs, 'PutRetentionPolicy', { logGroupName, retentionInDays: 7 }, call);

    const { logGroups } = await execute(logs, 'DescribeLogGroups', { logGroupNamePrefix: '/aws/' }, call);

    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/test';
    expect(logGroups).toMatchObject([
      { logGroupName, arn: `${arn}:*`, logGroupArn: arn, retentionInDays: 7, creationTime: clock.now() },
    ]);
    expect(await execute(logs, 'ListTagsForResource', { resourceArn: arn }, call)).toEqual({
      tags: { team: 'net' },
    });
  });

  test('is made once, and gone once deleted', async () => {
    const creation = () => execute(logs, 'CreateLogGroup', { logGroupName }, call);
    await creation();
    await expect(creation()).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });

    await execute(logs, 'DeleteLogGroup', { logGroupName }, call);

    await expect(execute(logs, 'DeleteLogGroup', { logGroupName }, call)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  test('keeps events for as long as its retention says', async () => {
    await createStream();
    await execute(logs, 'PutRetentionPolicy', { logGroupName, retentionInDays: 1 }, call);
    await put(['first']);
    await clock.advance(25 * 3_600_000);
    await put(['second']);

    const { events } = await execute(logs, 'GetLogEvents', { logGroupName, logStreamName }, call);

    expect(events?.map(({ message }) => message)).toEqual(['second']);
  });

  test('refuses a retention that CloudWatch has not', async () => {
    await createStream();

    await expect(
      execute(logs, 'PutRetentionPolicy', { logGroupName, retentionInDays: 2 }, call),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

describe('log streams', () => {
  test('are listed by name, or by their last event', async () => {
    for (const name of ['b', 'a', 'c']) await createStream(name);
    await put(['x'], 'c');
    await clock.advance(1000);
    await put(['x'], 'a');
    const list = async (order: object) => {
      const { logStreams } = await execute(logs, 'DescribeLogStreams', { logGroupName, ...order }, call);
      return logStreams?.map((stream) => stream.logStreamName);
    };

    expect(await list({})).toEqual(['a', 'b', 'c']);
    expect(await list({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'c', 'b']);
  });

  test('come in pages in either direction', async () => {
    for (const name of ['a', 'b', 'c']) await createStream(name);
    const input = { logGroupName, limit: 2, descending: true };

    const first = await execute(logs, 'DescribeLogStreams', input, call);
    const second = await execute(logs, 'DescribeLogStreams', { ...input, nextToken: first.nextToken }, call);

    expect(first.logStreams?.map((stream) => stream.logStreamName)).toEqual(['c', 'b']);
    expect(second.logStreams?.map((stream) => stream.logStreamName)).toEqual(['a']);
    expect(second.nextToken).toBeUndefined();
  });
});

describe('log events', () => {
  test('are read from the end, or from the head, in pages', async () => {
    await createStream();
    await put(['1', '2', '3', '4', '5']);
    const read = async (input: object) => {
      const page = await execute(
        logs,
        'GetLogEvents',
        { logGroupName, logStreamName, limit: 2, ...input },
        call,
      );
      return { ...page, messages: page.events?.map(({ message }) => message) };
    };

    const end = await read({});
    const before = await read({ nextToken: end.nextBackwardToken });
    const head = await read({ startFromHead: true });
    const next = await read({ nextToken: head.nextForwardToken });
    const last = await read({ nextToken: next.nextForwardToken });
    const none = await read({ nextToken: last.nextForwardToken });

    expect([end, before, head, next, last, none].map(({ messages }) => messages?.join(''))).toEqual([
      '45',
      '23',
      '12',
      '34',
      '5',
      '',
    ]);
    expect(none.nextForwardToken).toBe(last.nextForwardToken);
  });

  test('written later than a reader began are read with its token', async () => {
    await createStream();
    const input = { logGroupName, logStreamName, startFromHead: true };
    const { nextForwardToken } = await execute(logs, 'GetLogEvents', input, call);
    await put(['late']);

    const { events } = await execute(logs, 'GetLogEvents', { ...input, nextToken: nextForwardToken }, call);

    expect(events?.map(({ message }) => message)).toEqual(['late']);
  });

  test('are found over all streams, in order of time', async () => {
    for (const name of ['a', 'b']) await createStream(name);
    await put(['ERROR one', 'fine'], 'b');
    await clock.advance(1000);
    await put(['ERROR two'], 'a');

    const found = await execute(logs, 'FilterLogEvents', { logGroupName, filterPattern: 'ERROR' }, call);
    const first = await execute(logs, 'FilterLogEvents', { logGroupName, limit: 1 }, call);
    const rest = await execute(logs, 'FilterLogEvents', { logGroupName, nextToken: first.nextToken }, call);

    expect(found.events).toMatchObject([
      { logStreamName: 'b', message: 'ERROR one' },
      { logStreamName: 'a', message: 'ERROR two' },
    ]);
    expect(rest.events?.map(({ message }) => message)).toEqual(['fine', 'ERROR two']);
  });

  test('come in order of time', async () => {
    await createStream();
    const logEvents = [
      { timestamp: clock.now(), message: 'later' },
      { timestamp: clock.now() - 1, message: 'earlier' },
    ];

    await expect(
      execute(logs, 'PutLogEvents', { logGroupName, logStreamName, logEvents }, call),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test('are told to who listens', async () => {
    await createStream();
    const heard: string[] = [];
    const stop = call.cell.logGroups.subscribe((event, stream, group) => {
      heard.push(`${group.name} ${stream.name} ${event.message}`);
    });
    await put(['heard']);
    stop();
    await put(['not heard']);

    expect(heard).toEqual(['/aws/lambda/test stream heard']);
  });
});
