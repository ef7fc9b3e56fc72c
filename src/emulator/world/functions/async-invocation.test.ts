import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { lambda } from '../../services/lambda/index.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';

const minute = 60_000;
let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;

beforeEach(async () => {
  clock = steppedClock();
  runner = recordingRunner();
  call = serverlessCall({ clock, runner });
  await createTestFunction(call, '');
  await clock.advance(1000);
});

async function invoke(): Promise<void> {
  const { StatusCode } = await execute(
    lambda,
    'Invoke',
    { FunctionName: 'test', InvocationType: 'Event', Payload: '{"n":1}' },
    call,
  );
  expect(StatusCode).toBe(202);
  await clock.advance(0);
}

async function configure(settings: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number }) {
  await execute(lambda, 'PutFunctionEventInvokeConfig', { FunctionName: 'test', ...settings }, call);
}

async function reserve(ReservedConcurrentExecutions: number): Promise<void> {
  await execute(
    lambda,
    'PutFunctionConcurrency',
    { FunctionName: 'test', ReservedConcurrentExecutions },
    call,
  );
}

describe('an asynchronous invocation', () => {
  test('runs once when it succeeds', async () => {
    await invoke();
    await clock.advance(10 * minute);

    expect(runner.invocations).toMatchObject([{ payload: '{"n":1}', requestId: call.requestId }]);
  });

  test('is retried after one minute and after two more, with the same request id', async () => {
    runner.failWith = 'no luck';
    await invoke();

    const attempts = [runner.invocations.length];
    for (const step of [minute - 1, 1, 2 * minute - 1, 1, 60 * minute]) {
      await clock.advance(step);
      attempts.push(runner.invocations.length);
    }

    expect(attempts).toEqual([1, 1, 2, 2, 3, 3]);
    expect(new Set(runner.invocations.map(({ requestId }) => requestId))).toEqual(new Set([call.requestId]));
  });

  test('is not retried where the function allows no retries', async () => {
    await configure({ MaximumRetryAttempts: 0 });
    runner.failWith = 'no luck';

    await invoke();
    await clock.advance(10 * minute);

    expect(runner.invocations).toHaveLength(1);
  });

  test('is given up when the event is too old', async () => {
    await configure({ MaximumEventAgeInSeconds: 90 });
    runner.failWith = 'no luck';

    await invoke();
    await clock.advance(10 * minute);

    expect(runner.invocations).toHaveLength(2);
  });

  test('waits for reserved concurrency', async () => {
    await reserve(0);
    await invoke();
    await clock.advance(minute);
    const whileThrottled = runner.invocations.length;

    await reserve(1);
    await clock.advance(5 * minute);

    expect([whileThrottled, runner.invocations.length]).toEqual([0, 1]);
  });

  test('is dropped with its function', async () => {
    runner.failWith = 'no luck';
    await invoke();
    await execute(lambda, 'DeleteFunction', { FunctionName: 'test' }, call);

    await clock.advance(10 * minute);

    expect(runner.invocations).toHaveLength(1);
  });

  test('is told in the log when it could not be run', async () => {
    runner.run = () => Promise.reject(new Error('no process'));

    await invoke();

    const stream = call.cell.logGroups.all.get('/aws/lambda/test')?.streams.get('local-aws');
    expect(stream?.events.map(({ message }) => message)).toEqual([expect.stringContaining('no process')]);
  });
});
