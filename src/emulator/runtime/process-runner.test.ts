import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock/stepped-clock.ts';
import { execute } from '../core/execute.ts';
import type { Call } from '../core/service.ts';
import { lambda } from '../services/lambda/index.ts';
import { serverlessCall } from '../testing/serverless-cell.ts';
import { createTestFunction, zip } from '../testing/test-function.ts';
import { ProcessRunner } from './process-runner.ts';

let clock: SteppedClock;
let runner: ProcessRunner;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  runner = new ProcessRunner();
  call = serverlessCall({ clock, runner });
});

afterEach(() => runner.close());

async function deploy(source: string, settings: Partial<CreateFunctionRequest> = {}): Promise<void> {
  await createTestFunction(call, source, settings);
  await clock.advance(1000);
}

async function invoke(event: unknown = {}) {
  const { Payload, FunctionError, LogResult, StatusCode } = await execute(
    lambda,
    'Invoke',
    { FunctionName: 'test', Payload: JSON.stringify(event), LogType: 'Tail' },
    call,
  );
  return {
    status: StatusCode,
    error: FunctionError,
    result: JSON.parse(Payload?.transformToString() ?? 'null'),
    log: Buffer.from(LogResult ?? '', 'base64').toString(),
  };
}

function logged(): string[] {
  const streams = [...(call.cell.logGroups.all.get('/aws/lambda/test')?.streams.values() ?? [])];
  return streams.flatMap(({ events }) => events.map(({ message }) => message.trimEnd()));
}

describe('a handler', () => {
  test('gets the event and the context, and its result is the answer', async () => {
    await deploy(`export const handler = async (event, context) => ({
      event, ...context, remaining: context.getRemainingTimeInMillis() })`);

    const { status, error, result } = await invoke({ name: 'world' });

    expect({ status, error }).toEqual({ status: 200, error: undefined });
    expect(result).toMatchObject({
      event: { name: 'world' },
      awsRequestId: call.requestId,
      functionName: 'test',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/test',
      logStreamName: expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
    });
    expect(result.remaining).toBeGreaterThan(0);
    expect(result.remaining).toBeLessThanOrEqual(3000);
  });

  const forms: { name: string; files: Record<string, string>; handler: string }[] = [
    {
      name: 'CommonJS',
      files: { 'index.js': 'exports.handler = async () => "ran"' },
      handler: 'index.handler',
    },
    {
      name: 'a CommonJS extension',
      files: { 'index.cjs': 'exports.handler = () => "ran"' },
      handler: 'index.handler',
    },
    {
      name: 'a package of modules',
      files: { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = () => "ran"' },
      handler: 'index.handler',
    },
    { name: 'a folder', files: { 'src/app.mjs': 'export const run = () => "ran"' }, handler: 'src/app.run' },
    {
      name: 'a nested export',
      files: { 'index.mjs': 'export const a = { b: () => "ran" }' },
      handler: 'index.a.b',
    },
    {
      name: 'a callback',
      files: { 'index.js': 'exports.handler = (e, c, done) => done(null, "ran")' },
      handler: 'index.handler',
    },
  ];
  test.each(forms)('is found in $name', async ({ files, handler }) => {
    await deploy('', { Code: { ZipFile: zip(files) }, Handler: handler });

    expect(await invoke()).toMatchObject({ result: 'ran' });
  });

  test('sees only the variables of Lambda and its own', async () => {
    process.env.ALBRIDGE_TEST_SECRET = 'of the machine';
    await deploy('export const handler = () => process.env', {
      Environment: { Variables: { OWN: 'yes', AWS_ENDPOINT_URL: 'https://elsewhere.example' } },
    });

    const { result } = await invoke();
    delete process.env.ALBRIDGE_TEST_SECRET;

    expect(result).toMatchObject({
      OWN: 'yes',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    });
    expect(result).not.toHaveProperty('ALBRIDGE_TEST_SECRET');
    expect(call.cell.identity.session(result.AWS_ACCESS_KEY_ID)?.callerArn).toBe(
      'arn:aws:sts::000000000000:assumed-role/function-role/test',
    );
  });

  test('asks the resolver of the local AWS, whichever way it asks', async () => {
    call.cell.servers.dns = '127.0.0.1:5399';
    await deploy(`
      import { getServers, Resolver } from 'node:dns';
      import { Resolver as PromisesResolver, getServers as getPromisesServers } from 'node:dns/promises';
      export const handler = () =>
        [getServers(), getPromisesServers(), new Resolver().getServers(), new PromisesResolver({ timeout: 1000 }).getServers()]`);

    const { result } = await invoke();

    expect(result).toEqual(Array(4).fill(['127.0.0.1:5399']));
  });

  test('answers null when it returns nothing', async () => {
    await deploy('export const handler = () => {}');

    expect(await invoke()).toMatchObject({ result: null, error: undefined });
  });
});

describe('an environment', () => {
  const counting = 'let calls = 0; export const handler = () => ({ calls: ++calls, pid: process.pid })';

  test('is kept warm for the next invocation', async () => {
    await deploy(counting);

    const [first, second] = [await invoke(), await invoke()];

    expect([first.result.calls, second.result.calls]).toEqual([1, 2]);
    expect(first.log).toContain('Init Duration');
    expect(second.log).not.toContain('Init Duration');
  });

  test('takes one invocation at a time', async () => {
    await deploy(`export const handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return process.pid;
    }`);

    const [first, second] = await Promise.all([invoke(), invoke()]);

    expect(first.result).not.toBe(second.result);
  });

  test('ends when it was idle for long', async () => {
    await deploy(counting);

    const { result } = await invoke();
    await clock.advance(11 * 60_000);

    expect(await invoke()).toMatchObject({ result: { calls: 1 } });
    expect(() => process.kill(result.pid, 0)).toThrow('ESRCH');
  });

  test('is not used again after an update', async () => {
    await deploy(counting);
    await invoke();
    await execute(lambda, 'UpdateFunctionConfiguration', { FunctionName: 'test', Timeout: 10 }, call);

    expect(await invoke()).toMatchObject({ result: { calls: 1 } });
  });

  test('ends with the runner', async () => {
    await deploy(counting);

    const { result } = await invoke();
    await runner.close();

    expect(() => process.kill(result.pid, 0)).toThrow('ESRCH');
  });
});

describe('a failure', () => {
  const failures = [
    {
      name: 'thrown',
      source: 'export const handler = () => { throw new RangeError("too far") }',
      want: { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
    },
    {
      name: 'of no error',
      source: 'export const handler = async () => { throw "text" }',
      want: { errorType: 'string', errorMessage: 'text' },
    },
    {
      name: 'at the import',
      source: 'throw new TypeError("not loadable")',
      want: { errorType: 'TypeError', errorMessage: 'not loadable' },
    },
    {
      name: 'of a missing handler',
      source: 'export const other = 1',
      want: {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: 'index.handler is undefined or not exported',
      },
    },
    {
      name: 'of an exit',
      source: 'export const handler = () => process.exit(3)',
      want: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/exited with error: exit status 3$/),
      },
    },
    {
      name: 'rejected and unhandled',
      source:
        'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}) }',
      want: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'lost' },
    },
    {
      name: 'of time',
      source: 'export const handler = () => new Promise(() => {})',
      want: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/),
      },
    },
    {
      name: 'of a loop without end',
      source: 'export const handler = () => { for (;;); }',
      want: { errorType: 'Sandbox.Timedout' },
    },
  ];
  test.each(failures)('$name is the answer', async ({ source, want }) => {
    await deploy(source, { Timeout: want.errorType === 'Sandbox.Timedout' ? 1 : 60 });

    expect(await invoke()).toMatchObject({ status: 200, error: 'Unhandled', result: want });
  });

  test('that ends the process leaves the next invocation a new one', async () => {
    await deploy(`export const handler = ({ fail }) => {
      if (fail) setImmediate(() => { throw new Error('uncaught') });
      return fail ? new Promise(() => {}) : 'well';
    }`);

    expect(await invoke({ fail: true })).toMatchObject({
      error: 'Unhandled',
      result: { errorMessage: 'uncaught' },
    });
    expect(await invoke()).toMatchObject({ error: undefined, result: 'well' });
  });

  test('that somebody else brings about is told as the end of the process', async () => {
    await deploy(
      'export const handler = ({ long }) => (long ? new Promise((done) => setTimeout(done, 60_000)) : 1);',
    );
    await invoke();
    call.cell.faults.add({ kind: 'killed-function', milliseconds: 100, count: 1 });
    const killed = invoke({ long: true });
    await clock.advance(100);
    expect(await killed).toMatchObject({
      error: 'Unhandled',
      result: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('SIGKILL') },
    });
    expect(await invoke()).toMatchObject({ error: undefined, result: 1 });
  });
});

describe('the log', () => {
  test('holds what the function wrote, between the lines of Lambda', async () => {
    await deploy(`export const handler = () => {
      console.log('count: %d', 3);
      console.error('went wrong');
      process.stdout.write('{"plain":true}\\n');
    }`);

    const { log } = await invoke();

    const id = call.requestId;
    expect(logged()).toEqual([
      `START RequestId: ${id} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^\\S+Z\\t${id}\\tINFO\\tcount: 3$`)),
      expect.stringMatching(new RegExp(`^\\S+Z\\t${id}\\tERROR\\twent wrong$`)),
      '{"plain":true}',
      `END RequestId: ${id}`,
      expect.stringMatching(
        new RegExp(
          `^REPORT RequestId: ${id}\\tDuration: [0-9.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [0-9.]+ ms`,
        ),
      ),
    ]);
    expect(log.trimEnd().split('\n')).toEqual(logged());
  });

  test('is made of JSON objects where the function asks for it', async () => {
    await deploy('export const handler = () => console.log({ added: 2 })', {
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '/own/group' },
    });

    await invoke();

    const [stream] = [...(call.cell.logGroups.all.get('/own/group')?.streams.values() ?? [])];
    expect(stream?.events.map(({ message }) => JSON.parse(message))).toMatchObject([
      { type: 'platform.start', record: { requestId: call.requestId, version: '$LATEST' } },
      { level: 'INFO', requestId: call.requestId, message: { added: 2 } },
      { type: 'platform.report', record: { status: 'success' } },
    ]);
  });

  test('stays deleted when it is deleted', async () => {
    await deploy('export const handler = () => console.log("again")');
    await invoke();
    call.cell.logGroups.all.delete('/aws/lambda/test');

    const { log } = await invoke();

    expect(log).toContain('again');
    expect(call.cell.logGroups.all.size).toBe(0);
  });

  test('tells of a time-out', async () => {
    await deploy('export const handler = () => new Promise(() => {})', { Timeout: 1 });

    await invoke();

    expect(logged()).toContainEqual(expect.stringMatching(/Z \S+ Task timed out after 1\.00 seconds$/));
    expect(logged().at(-1)).toMatch(/Status: timeout/);
  });

  test('holds the last words of a process that runs out of memory', async () => {
    await deploy(
      'const kept = []; export const handler = () => { for (;;) kept.push(new Array(1e6).fill({})) }',
      {
        Timeout: 60,
      },
    );

    expect(await invoke()).toMatchObject({ error: 'Unhandled', result: { errorType: 'Runtime.ExitError' } });
    expect(logged().join('\n')).toContain('heap out of memory');
  });
});
