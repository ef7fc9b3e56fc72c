import { CloudWatchLogs, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import {
  EntityAlreadyExistsException,
  IAM,
  NoSuchEntityException,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import {
  Lambda,
  ResourceNotFoundException,
  TooManyRequestsException,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { NoSuchKey, NotFound, paginateListObjectsV2, S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scaledClock } from './clock/scaled-clock.ts';
import { type Emulator, startEmulator } from './emulator.ts';

/** What functions need of AWS, asked by AWS's own clients over the wire. */

const clock = scaledClock(60);
let local: Emulator;
let settings: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

beforeAll(async () => {
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  settings = { endpoint: local.endpoint, region: 'us-east-1', credentials };
});

afterAll(async () => {
  await local.close();
  clock.close();
});

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

describe('the S3 client', () => {
  test('puts, gets, lists and deletes', async () => {
    const s3 = new S3({ ...settings, forcePathStyle: true });
    const Bucket = 'client';
    await s3.createBucket({ Bucket });
    await s3.headBucket({ Bucket });
    for (const Key of ['a', 'dir/b & <c>', 'd']) {
      await s3.putObject({ Bucket, Key, Body: `body of ${Key}`, Metadata: { owner: 'me' } });
    }

    const got = await s3.getObject({ Bucket, Key: 'dir/b & <c>' });
    const head = await s3.headObject({ Bucket, Key: 'a' });
    const keys = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
    }

    expect(await got.Body?.transformToString()).toBe('body of dir/b & <c>');
    expect(got.Metadata).toEqual({ owner: 'me' });
    expect(head).toMatchObject({ ContentLength: 9, ContentType: 'application/octet-stream' });
    expect(keys).toEqual(['a', 'd', 'dir/b & <c>']);
    expect(await s3.getBucketLocation({ Bucket })).not.toHaveProperty('LocationConstraint');
    await expect(s3.getObject({ Bucket, Key: 'missing' })).rejects.toBeInstanceOf(NoSuchKey);
    await expect(s3.headObject({ Bucket, Key: 'missing' })).rejects.toBeInstanceOf(NotFound);
    await s3.deleteObjects({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } });
    await s3.deleteBucket({ Bucket });
    expect((await s3.listBuckets()).Buckets ?? []).toEqual([]);
  });
});

describe('the IAM client', () => {
  test('makes roles with policies, and reads them back', async () => {
    const iam = new IAM(settings);
    const RoleName = 'client-role';
    const PolicyDocument = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*' } });
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust, Tags: [{ Key: 'a', Value: 'b' }] });
    await iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument });
    await iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });

    const { Role } = await iam.getRole({ RoleName });
    const inline = await iam.getRolePolicy({ RoleName, PolicyName: 'own' });
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName });
    const names = [];
    for await (const { Roles = [] } of paginateListRoles({ client: iam, pageSize: 1 }, {})) {
      names.push(...Roles.map((role) => role.RoleName));
    }

    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
    expect(Role?.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    expect(Role?.CreateDate).toBeInstanceOf(Date);
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(PolicyDocument);
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(['ReadOnlyAccess']);
    expect(names).toContain(RoleName);
    await expect(iam.createRole({ RoleName, AssumeRolePolicyDocument: trust })).rejects.toBeInstanceOf(
      EntityAlreadyExistsException,
    );
    await expect(iam.getRole({ RoleName: 'missing' })).rejects.toBeInstanceOf(NoSuchEntityException);
  });
});

describe('a function that uses the SDK', () => {
  const FunctionName = 'who-am-i';
  let lambda: Lambda;

  beforeAll(async () => {
    lambda = new Lambda(settings);
    const { Role } = await new IAM(settings).createRole({
      RoleName: 'who-am-i-role',
      AssumeRolePolicyDocument: trust,
    });
    await lambda.createFunction({
      FunctionName,
      Role: Role?.Arn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 60,
      MemorySize: 256,
      Code: { ZipFile: await bundle() },
    });
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  });

  test('reaches the local AWS as its role', async () => {
    const { Payload, FunctionError, LogResult } = await lambda.invoke({ FunctionName, LogType: 'Tail' });

    const log = Buffer.from(LogResult ?? '', 'base64').toString();
    expect(FunctionError, log).toBeUndefined();
    expect(JSON.parse(Payload?.transformToString() ?? '')).toBe(
      'arn:aws:sts::000000000000:assumed-role/who-am-i-role/who-am-i',
    );
    expect(log).toMatch(/^REPORT RequestId: /m);
  });

  test.each([false, true])('is killed at its call of AWS; after its effect: %s', async (afterEffect) => {
    local
      .cell()
      .faults.add({ kind: 'killed-function', function: FunctionName, call: 1, afterEffect, count: 1 });
    const { Payload, FunctionError } = await lambda.invoke({ FunctionName });
    expect(FunctionError).toBe('Unhandled');
    expect(Payload?.transformToString()).toContain('Runtime.ExitError');
    expect((await lambda.invoke({ FunctionName })).FunctionError).toBeUndefined();
  });

  test('runs on schedule and logs what it did', async () => {
    const events = new EventBridge(settings);
    const logs = new CloudWatchLogs(settings);
    const { RuleArn } = await events.putRule({ Name: 'every-minute', ScheduleExpression: 'rate(1 minute)' });
    const { Configuration } = await lambda.getFunction({ FunctionName });
    await lambda.addPermission({
      FunctionName,
      StatementId: 'schedule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: RuleArn,
    });
    const scheduled = nextLog('Scheduled Event');
    await events.putTargets({
      Rule: 'every-minute',
      Targets: [{ Id: 'function', Arn: Configuration?.FunctionArn }],
    });

    await scheduled;

    const messages = [];
    const query = { logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: '"Scheduled Event"' };
    for await (const page of paginateFilterLogEvents({ client: logs }, query))
      messages.push(...(page.events ?? []));
    expect(messages[0]?.message).toContain('detail-type');
    expect(await events.listTargetsByRule({ Rule: 'every-minute' })).toMatchObject({
      Targets: [{ Id: 'function' }],
    });
    await events.disableRule({ Name: 'every-minute' });
  });

  test('fails as the client knows failures', async () => {
    await lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 0 });

    await expect(new Lambda({ ...settings, maxAttempts: 1 }).invoke({ FunctionName })).rejects.toBeInstanceOf(
      TooManyRequestsException,
    );
    await expect(lambda.getFunction({ FunctionName: 'missing' })).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    expect(await lambda.invoke({ FunctionName, InvocationType: 'Event', Payload: '{}' })).toMatchObject({
      StatusCode: 202,
    });
    expect(await lambda.invoke({ FunctionName, InvocationType: 'DryRun' })).toMatchObject({
      StatusCode: 204,
    });
  });

  test('may be entered by a role of its own', async () => {
    const sts = new STS(settings);
    const AssumeRolePolicyDocument = JSON.stringify({
      Statement: { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' },
    });
    const { Role } = await new IAM(settings).createRole({ RoleName: 'operator', AssumeRolePolicyDocument });

    const { Credentials } = await sts.assumeRole({ RoleArn: Role?.Arn, RoleSessionName: 'me' });

    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    expect(await new STS({ ...settings, credentials }).getCallerIdentity({})).toMatchObject({
      Arn: 'arn:aws:sts::000000000000:assumed-role/operator/me',
      UserId: expect.stringMatching(/^AROA\w{17}:me$/),
    });
  });

  /** Resolves when the function logs a line with this text. */
  function nextLog(text: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = local.cell().logGroups.subscribe(({ message }) => {
        if (!message.includes(text)) return;
        stop();
        resolve();
      });
    });
  }

  async function bundle(): Promise<Uint8Array> {
    const contents = `
      import { STS } from '@aws-sdk/client-sts';
      export const handler = async (event) => {
        console.log(JSON.stringify(event));
        return (await new STS().getCallerIdentity()).Arn;
      };`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      bundle: true,
      format: 'esm',
      platform: 'node',
      write: false,
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return zipSync({ 'index.mjs': strToU8(outputFiles[0]?.text ?? '') });
  }
});
