import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { iam } from '../iam/index.ts';
import { sts } from './index.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/reader';
let clock: SteppedClock;
let call: Call;

beforeEach(() => {
  clock = steppedClock();
  call = serverlessCall({ clock, runner: recordingRunner() });
});

async function createRole(RoleName: string, statement: object): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...statement },
  });
  await execute(iam, 'CreateRole', { RoleName, AssumeRolePolicyDocument }, call);
}

const assume = (input: { RoleArn?: string; ExternalId?: string; DurationSeconds?: number } = {}, as = call) =>
  execute(sts, 'AssumeRole', { RoleArn, RoleSessionName: 'me', ...input }, as);

describe('AssumeRole', () => {
  test('gives credentials that name the session, until they expire', async () => {
    await createRole('reader', { Principal: { AWS: 'arn:aws:iam::000000000000:root' } });

    const { Credentials, AssumedRoleUser } = await assume({ DurationSeconds: 900 });

    const callerArn = 'arn:aws:sts::000000000000:assumed-role/reader/me';
    const { identity } = call.cell;
    const id = Credentials?.AccessKeyId ?? '';
    expect(id).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(Credentials?.Expiration).toEqual(new Date(clock.now() + 900_000));
    expect(AssumedRoleUser?.Arn).toBe(callerArn);
    expect(identity.session(id)?.callerArn).toBe(callerArn);
    await clock.advance(900_000);
    expect(identity.session(id)?.callerArn).toBeUndefined();
  });

  const callers = [
    { name: 'the account', statement: { Principal: { AWS: '000000000000' } }, want: true },
    { name: 'everybody', statement: { Principal: { AWS: '*' } }, want: true },
    {
      name: 'the caller',
      statement: { Principal: { AWS: 'arn:aws:iam::000000000000:user/me' } },
      want: true,
    },
    { name: 'another', statement: { Principal: { AWS: 'arn:aws:iam::000000000000:user/you' } }, want: false },
    { name: 'another account', statement: { Principal: { AWS: '111111111111' } }, want: false },
    { name: 'a service', statement: { Principal: { Service: 'lambda.amazonaws.com' } }, want: false },
  ];
  test.each(callers)('where the role trusts $name: $want', async ({ statement, want }) => {
    await createRole('reader', statement);

    const assuming = assume({}, { ...call, caller: 'arn:aws:iam::000000000000:user/me' });

    if (want) expect(await assuming).toHaveProperty('Credentials');
    else await expect(assuming).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
  });

  test('lets a role assume another that trusts it', async () => {
    await createRole('first', { Principal: { AWS: '000000000000' } });
    await createRole('reader', { Principal: { AWS: 'arn:aws:iam::000000000000:role/first' } });

    const asFirst = { ...call, caller: 'arn:aws:sts::000000000000:assumed-role/first/session' };

    expect(await assume({}, asFirst)).toHaveProperty('Credentials');
  });

  test('reaches into another account, where its role trusts the caller', async () => {
    const other = call.cell.identityOf('111122223333');
    const there = { ...call, cell: { ...call.cell, account: '111122223333', identity: other } };
    const AssumeRolePolicyDocument = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '000000000000' } },
    });
    await execute(iam, 'CreateRole', { RoleName: 'writer', AssumeRolePolicyDocument }, there);
    const writer = 'arn:aws:iam::111122223333:role/writer';

    const { AssumedRoleUser, Credentials } = await assume({ RoleArn: writer });

    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/writer/me');
    expect(other.session(Credentials?.AccessKeyId ?? '')?.callerArn).toBe(AssumedRoleUser?.Arn);
    const stranger = { ...call, caller: 'arn:aws:iam::222233334444:root' };
    await expect(assume({ RoleArn: writer }, stranger)).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  test('asks for the external id that the role names', async () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'secret' } };
    await createRole('reader', { Principal: { AWS: '000000000000' }, Condition });

    await expect(assume()).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(assume({ ExternalId: 'other' })).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(await assume({ ExternalId: 'secret' })).toHaveProperty('Credentials');
  });

  test('asks which of the account’s roles it is, where a condition says so', async () => {
    for (const name of ['first', 'second']) await createRole(name, { Principal: { AWS: '000000000000' } });
    const Condition = { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/first' } };
    await createRole('reader', { Principal: { AWS: '000000000000' }, Condition });
    const as = (role: string) => ({
      ...call,
      caller: `arn:aws:sts::000000000000:assumed-role/${role}/session`,
    });

    expect(await assume({}, as('first'))).toHaveProperty('Credentials');
    await expect(assume({}, as('second'))).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  test.each([
    { wanted: 'true', ExternalId: undefined, want: true },
    { wanted: 'true', ExternalId: 'any', want: false },
    { wanted: 'false', ExternalId: 'any', want: true },
  ])(
    'where no external id is $wanted, $ExternalId is let in: $want',
    async ({ wanted, ExternalId, want }) => {
      const Condition = { Null: { 'sts:ExternalId': wanted } };
      await createRole('reader', { Principal: { AWS: '000000000000' }, Condition });

      const assuming = assume(ExternalId === undefined ? {} : { ExternalId });

      if (want) expect(await assuming).toHaveProperty('Credentials');
      else await expect(assuming).rejects.toMatchObject({ code: 'AccessDenied' });
    },
  );

  test('does not tell a missing role from one that does not trust the caller', async () => {
    await expect(assume()).rejects.toMatchObject({
      code: 'AccessDenied',
      message: `User: ${call.caller} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
  });

  test('ends within the longest session of the role', async () => {
    await createRole('reader', { Principal: { AWS: '*' } });

    await expect(assume({ DurationSeconds: 7200 })).rejects.toMatchObject({ code: 'ValidationError' });
  });
});

describe('GetCallerIdentity', () => {
  test('names the root of the account', async () => {
    expect(await execute(sts, 'GetCallerIdentity', {}, call)).toEqual({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
      UserId: '000000000000',
    });
  });

  test('names the session of a role', async () => {
    await createRole('reader', { Principal: { AWS: '*' } });
    const caller = 'arn:aws:sts::000000000000:assumed-role/reader/me';

    const { UserId } = await execute(sts, 'GetCallerIdentity', {}, { ...call, caller });

    expect(UserId).toMatch(/^AROA[A-Z0-9]{17}:me$/);
  });
});
