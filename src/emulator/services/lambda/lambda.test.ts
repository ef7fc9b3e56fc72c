import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createFunctionRole, createTestFunction, zip } from '../../testing/test-function.ts';
import { iam } from '../iam/index.ts';
import { s3 } from '../s3/index.ts';
import { lambda } from './index.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:test';
let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  runner = recordingRunner();
  call = serverlessCall({ clock, runner });
});

async function deploy(settings: Partial<CreateFunctionRequest> = {}): Promise<void> {
  await createTestFunction(call, 'export const handler = () => {}', settings);
  await clock.advance(1000);
}

const FunctionName = 'test';
const configuration = () => execute(lambda, 'GetFunctionConfiguration', { FunctionName }, call);

describe('a function', () => {
  test('is pending for a moment, then active', async () => {
    await createTestFunction(call, '');
    const created = await configuration();
    await expect(execute(lambda, 'Invoke', { FunctionName }, call)).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: expect.stringContaining('currently in the following state: Pending'),
    });

    await clock.advance(1000);

    expect(created).toMatchObject({
      State: 'Pending',
      StateReasonCode: 'Creating',
      LastUpdateStatus: 'InProgress',
    });
    expect(await configuration()).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
  });

  test('is described as it was made', async () => {
    await deploy({
      Timeout: 30,
      MemorySize: 256,
      Environment: { Variables: { A: '1' } },
      Tags: { team: 'net' },
    });

    expect(await execute(lambda, 'GetFunction', { FunctionName: arn }, call)).toMatchObject({
      Configuration: {
        FunctionName,
        FunctionArn: arn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Version: '$LATEST',
        Timeout: 30,
        MemorySize: 256,
        Environment: { Variables: { A: '1' } },
        Architectures: ['x86_64'],
        LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/test' },
        LastModified: expect.stringMatching(/^2026-01-01T00:00:00\.000\+0000$/),
        CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      },
      Tags: { team: 'net' },
    });
  });

  test('takes its code from S3', async () => {
    const body = zip({ 'index.mjs': 'export const handler = () => {}' });
    await execute(s3, 'CreateBucket', { Bucket: 'code' }, call);
    await execute(s3, 'PutObject', { Bucket: 'code', Key: 'a.zip', Body: body }, call);

    await deploy({ Code: { S3Bucket: 'code', S3Key: 'a.zip' } });

    expect(await configuration()).toMatchObject({ CodeSize: body.length });
  });

  const references = [FunctionName, `000000000000:function:test`, arn, `${arn}:$LATEST`, 'test:$LATEST'];
  test.each(references)('is found by %s', async (reference) => {
    await deploy();

    const found = await execute(lambda, 'GetFunctionConfiguration', { FunctionName: reference }, call);

    expect(found.FunctionName).toBe('test');
  });

  const missing = ['other', 'arn:aws:lambda:us-east-1:111111111111:function:test', 'test:7', 'test:live'];
  test.each(missing)('is not found by %s', async (reference) => {
    await deploy();

    const finding = execute(lambda, 'GetFunctionConfiguration', { FunctionName: reference }, call);

    await expect(finding).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: expect.stringMatching(/^Function not found: arn:aws:lambda:us-east-1:000000000000:function:/),
    });
  });

  test('is gone once deleted', async () => {
    await deploy();

    await execute(lambda, 'DeleteFunction', { FunctionName }, call);

    await expect(configuration()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    expect(await execute(lambda, 'ListFunctions', {}, call)).toMatchObject({ Functions: [] });
  });

  test('lists in pages', async () => {
    const Role = await createFunctionRole(call);
    for (const name of ['c', 'a', 'b']) {
      const Code = { ZipFile: zip({ 'index.mjs': '' }) };
      await execute(
        lambda,
        'CreateFunction',
        { FunctionName: name, Role, Code, Runtime: 'nodejs24.x', Handler: 'i.h' },
        call,
      );
    }

    const first = await execute(lambda, 'ListFunctions', { MaxItems: 2 }, call);
    const second = await execute(lambda, 'ListFunctions', { MaxItems: 2, Marker: first.NextMarker }, call);

    expect(first.Functions?.map((one) => one.FunctionName)).toEqual(['a', 'b']);
    expect(second.Functions?.map((one) => one.FunctionName)).toEqual(['c']);
    expect(second.NextMarker).toBeUndefined();
  });
});

describe('CreateFunction', () => {
  const refused: { name: string; settings: Partial<CreateFunctionRequest>; code: string; message: RegExp }[] =
    [
      {
        name: 'another runtime',
        settings: { Runtime: 'python3.12' },
        code: 'InvalidParameterValueException',
        message: /python3\.12/,
      },
      {
        name: 'no time',
        settings: { Timeout: 0 },
        code: 'ValidationException',
        message: /'timeout'.*greater than or equal to 1$/,
      },
      {
        name: 'too much time',
        settings: { Timeout: 901 },
        code: 'ValidationException',
        message: /less than or equal to 900$/,
      },
      {
        name: 'too little memory',
        settings: { MemorySize: 64 },
        code: 'ValidationException',
        message: /'memorySize'/,
      },
      {
        name: 'a reserved variable',
        settings: { Environment: { Variables: { AWS_REGION: 'eu-west-1' } } },
        code: 'InvalidParameterValueException',
        message: /Reserved keys used in this request: AWS_REGION$/,
      },
      {
        name: 'too long an environment',
        settings: { Environment: { Variables: { LONG: 'x'.repeat(4097) } } },
        code: 'InvalidParameterValueException',
        message: /exceeded the 4KB limit/,
      },
      {
        name: 'no zip file',
        settings: { Code: { ZipFile: Buffer.from('text') } },
        code: 'InvalidParameterValueException',
        message: /^Could not unzip uploaded file/,
      },
      {
        name: 'a missing object',
        settings: { Code: { S3Bucket: 'nowhere', S3Key: 'a.zip' } },
        code: 'InvalidParameterValueException',
        message: /S3 Error Code: NoSuchBucket/,
      },
      {
        name: 'a missing role',
        settings: { Role: 'arn:aws:iam::000000000000:role/missing' },
        code: 'InvalidParameterValueException',
        message: /^The role defined for the function cannot be assumed by Lambda\.$/,
      },
      {
        name: 'layers',
        settings: { Layers: ['arn:layer'] },
        code: 'InvalidParameterValueException',
        message: /^Layers/,
      },
    ];
  test.each(refused)('refuses $name', async ({ settings, code, message }) => {
    await expect(createTestFunction(call, '', settings)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('refuses a role that does not trust Lambda', async () => {
    const trust = {
      Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    };
    const input = { RoleName: 'machine', AssumeRolePolicyDocument: JSON.stringify(trust) };
    const { Role } = await execute(iam, 'CreateRole', input, call);

    await expect(createTestFunction(call, '', { Role: Role?.Arn })).rejects.toThrow(
      /cannot be assumed by Lambda/,
    );
  });

  test('refuses a name that is taken', async () => {
    await deploy();
    const Role = 'arn:aws:iam::000000000000:role/function-role';

    await expect(
      execute(
        lambda,
        'CreateFunction',
        { FunctionName, Role, Code: {}, Runtime: 'nodejs24.x', Handler: 'i.h' },
        call,
      ),
    ).rejects.toMatchObject({ code: 'ResourceConflictException', status: 409 });
  });
});

describe('an update', () => {
  test('is in progress for a moment, and then another may follow', async () => {
    await deploy();
    await execute(lambda, 'UpdateFunctionConfiguration', { FunctionName, Timeout: 10 }, call);
    const second = () =>
      execute(lambda, 'UpdateFunctionCode', { FunctionName, ZipFile: zip({ 'a.js': '' }) }, call);
    await expect(second()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    });

    await clock.advance(1000);
    const before = await configuration();
    const after = await second();

    expect(before).toMatchObject({ Timeout: 10, LastUpdateStatus: 'Successful' });
    expect(after).toMatchObject({ Timeout: 10, LastUpdateStatus: 'InProgress' });
    expect(after.CodeSha256).not.toBe(before.CodeSha256);
    expect(after.RevisionId).not.toBe(before.RevisionId);
  });

  test('is refused for another revision', async () => {
    await deploy();

    await expect(
      execute(
        lambda,
        'UpdateFunctionConfiguration',
        { FunctionName, Timeout: 5, RevisionId: 'another' },
        call,
      ),
    ).rejects.toMatchObject({ code: 'PreconditionFailedException', status: 412 });
  });
});

describe('versions and aliases', () => {
  test('fix what was published', async () => {
    await deploy();
    const first = await execute(lambda, 'PublishVersion', { FunctionName }, call);
    const again = await execute(lambda, 'PublishVersion', { FunctionName }, call);
    await execute(lambda, 'UpdateFunctionConfiguration', { FunctionName, Timeout: 10 }, call);
    await clock.advance(1000);
    const second = await execute(lambda, 'PublishVersion', { FunctionName, Description: 'slower' }, call);

    expect([first.Version, again.Version, second.Version]).toEqual(['1', '1', '2']);
    const { Versions } = await execute(lambda, 'ListVersionsByFunction', { FunctionName }, call);
    expect(Versions).toMatchObject([
      { Version: '$LATEST', Timeout: 10 },
      { Version: '1', Timeout: 3, FunctionArn: `${arn}:1` },
      { Version: '2', Timeout: 10, Description: 'slower' },
    ]);
  });

  test('lead an invocation to the version', async () => {
    await deploy();
    await execute(lambda, 'PublishVersion', { FunctionName }, call);
    await execute(lambda, 'CreateAlias', { FunctionName, Name: 'PROD', FunctionVersion: '1' }, call);

    const answer = await execute(lambda, 'Invoke', { FunctionName: `${arn}:PROD` }, call);

    expect(answer.ExecutedVersion).toBe('1');
    expect(runner.invocations).toMatchObject([{ invokedArn: `${arn}:PROD` }]);
  });

  test('are kept from deletion by an alias', async () => {
    await deploy();
    await execute(lambda, 'PublishVersion', { FunctionName }, call);
    await execute(lambda, 'CreateAlias', { FunctionName, Name: 'PROD', FunctionVersion: '1' }, call);

    const deletion = () => execute(lambda, 'DeleteFunction', { FunctionName, Qualifier: '1' }, call);

    await expect(deletion()).rejects.toMatchObject({ code: 'ResourceConflictException' });
    await execute(lambda, 'DeleteAlias', { FunctionName, Name: 'PROD' }, call);
    await deletion();
    const getting = execute(lambda, 'GetFunction', { FunctionName, Qualifier: '1' }, call);
    await expect(getting).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('Invoke', () => {
  test('answers what the function returned', async () => {
    await deploy();

    const answer = await execute(lambda, 'Invoke', { FunctionName, Payload: Buffer.from('{"a":1}') }, call);

    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.Payload?.transformToString()).toBe('"done"');
    expect(answer).not.toHaveProperty('FunctionError');
    expect(runner.invocations).toMatchObject([{ payload: '{"a":1}', invokedArn: arn }]);
  });

  test('gives an empty event where there is no payload', async () => {
    await deploy();

    await execute(lambda, 'Invoke', { FunctionName }, call);

    expect(runner.invocations).toMatchObject([{ payload: '{}' }]);
  });

  test('runs nothing on a dry run', async () => {
    await deploy();

    const answer = await execute(lambda, 'Invoke', { FunctionName, InvocationType: 'DryRun' }, call);

    expect(answer).toEqual({ StatusCode: 204 });
    expect(runner.invocations).toEqual([]);
  });

  const refused = [
    { name: 'what is no JSON', Payload: '{', code: 'InvalidRequestContentException', status: 400 },
    {
      name: 'too much',
      Payload: `"${'x'.repeat(6 * 1024 * 1024)}"`,
      code: 'RequestTooLargeException',
      status: 413,
    },
  ];
  test.each(refused)('refuses $name', async ({ Payload, code, status }) => {
    await deploy();

    await expect(execute(lambda, 'Invoke', { FunctionName, Payload }, call)).rejects.toMatchObject({
      code,
      status,
    });
  });

  test('is throttled at the reserved concurrency, and not below it', async () => {
    await deploy();
    await execute(lambda, 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 1 }, call);
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { run } = runner;
    runner.run = (...invocation) => finished.then(() => run(...invocation));

    const first = execute(lambda, 'Invoke', { FunctionName }, call);
    await expect(execute(lambda, 'Invoke', { FunctionName }, call)).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
    });
    finish();

    expect(await first).toMatchObject({ StatusCode: 200 });
    expect(await execute(lambda, 'Invoke', { FunctionName }, call)).toMatchObject({ StatusCode: 200 });
  });
});

describe('reserved concurrency', () => {
  test('leaves a hundred executions to the others', async () => {
    await deploy();
    const put = (ReservedConcurrentExecutions: number) =>
      execute(lambda, 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions }, call);

    await expect(put(901)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    expect(await put(900)).toEqual({ ReservedConcurrentExecutions: 900 });
    await execute(lambda, 'DeleteFunctionConcurrency', { FunctionName }, call);
    expect(await execute(lambda, 'GetFunctionConcurrency', { FunctionName }, call)).toEqual({});
  });
});

describe('a resource policy', () => {
  const permission = {
    FunctionName,
    StatementId: 'schedule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/tick',
  };

  test('is written a statement at a time', async () => {
    await deploy();

    const { Statement } = await execute(lambda, 'AddPermission', permission, call);
    await execute(
      lambda,
      'AddPermission',
      { ...permission, StatementId: 'account', Principal: '111111111111' },
      call,
    );

    const { Policy } = await execute(lambda, 'GetPolicy', { FunctionName }, call);
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 'schedule',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
        },
        expect.objectContaining({ Sid: 'account', Principal: { AWS: 'arn:aws:iam::111111111111:root' } }),
      ],
    });
    expect(JSON.parse(Policy ?? '').Statement[0]).toEqual(JSON.parse(Statement ?? ''));
  });

  test('takes a statement id once', async () => {
    await deploy();
    await execute(lambda, 'AddPermission', permission, call);

    await expect(execute(lambda, 'AddPermission', permission, call)).rejects.toMatchObject({
      code: 'ResourceConflictException',
    });
  });

  test('is gone with its last statement', async () => {
    await deploy();
    await execute(lambda, 'AddPermission', permission, call);
    await execute(lambda, 'RemovePermission', { FunctionName, StatementId: 'schedule' }, call);

    await expect(execute(lambda, 'GetPolicy', { FunctionName }, call)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await expect(
      execute(lambda, 'RemovePermission', { FunctionName, StatementId: 'schedule' }, call),
    ).rejects.toMatchObject({ message: 'Statement schedule is not found in resource policy.' });
  });
});

describe('an event invoke configuration', () => {
  test('is kept by qualifier', async () => {
    await deploy();
    const input = { FunctionName, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
    await execute(lambda, 'PutFunctionEventInvokeConfig', input, call);

    expect(await execute(lambda, 'GetFunctionEventInvokeConfig', { FunctionName }, call)).toMatchObject({
      FunctionArn: `${arn}:$LATEST`,
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
    await execute(lambda, 'DeleteFunctionEventInvokeConfig', { FunctionName }, call);
    await expect(
      execute(lambda, 'GetFunctionEventInvokeConfig', { FunctionName }, call),
    ).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  const refused = [
    { MaximumRetryAttempts: 3 },
    { MaximumEventAgeInSeconds: 59 },
    { MaximumEventAgeInSeconds: 21_601 },
  ];
  test.each(refused)('refuses %o', async (settings) => {
    await deploy();

    await expect(
      execute(lambda, 'PutFunctionEventInvokeConfig', { FunctionName, ...settings }, call),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
