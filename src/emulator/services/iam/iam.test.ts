import { beforeEach, describe, expect, test } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { iam } from './index.ts';

const RoleName = 'function-role';
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const permissions = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
});
let call: Call;

beforeEach(() => {
  call = serverlessCall({ clock: steppedClock(), runner: recordingRunner() });
});

async function createRole(name = RoleName): Promise<void> {
  await execute(iam, 'CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust }, call);
}

async function createPolicy(): Promise<string> {
  const { Policy } = await execute(
    iam,
    'CreatePolicy',
    { PolicyName: 'reading', PolicyDocument: permissions },
    call,
  );
  return Policy?.Arn ?? '';
}

describe('a role', () => {
  test('is described as it was made, its documents URL-encoded', async () => {
    const input = { RoleName, Path: '/app/', Description: 'runs', AssumeRolePolicyDocument: trust };
    await execute(iam, 'CreateRole', { ...input, Tags: [{ Key: 'team', Value: 'net' }] }, call);

    const { Role } = await execute(iam, 'GetRole', { RoleName }, call);

    expect(Role).toMatchObject({
      RoleName,
      Path: '/app/',
      Arn: 'arn:aws:iam::000000000000:role/app/function-role',
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      MaxSessionDuration: 3600,
      Description: 'runs',
      Tags: [{ Key: 'team', Value: 'net' }],
    });
    expect(Role?.AssumeRolePolicyDocument).not.toContain('"');
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  });

  test('has a name of its own', async () => {
    await createRole();

    await expect(createRole()).rejects.toMatchObject({
      code: 'EntityAlreadyExists',
      status: 409,
      message: 'Role with name function-role already exists.',
    });
  });

  test('takes another description', async () => {
    await createRole();
    const changed = await execute(iam, 'UpdateRoleDescription', { RoleName, Description: 'runs' }, call);
    expect(changed.Role?.Description).toBe('runs');
    expect((await execute(iam, 'GetRole', { RoleName }, call)).Role?.Description).toBe('runs');
  });

  test('lists in pages', async () => {
    for (const name of ['c', 'a', 'b']) await createRole(name);

    const first = await execute(iam, 'ListRoles', { MaxItems: 2 }, call);
    const second = await execute(iam, 'ListRoles', { MaxItems: 2, Marker: first.Marker }, call);

    expect(first.Roles?.map((role) => role.RoleName)).toEqual(['a', 'b']);
    expect(first.IsTruncated).toBe(true);
    expect(second).toMatchObject({ Roles: [{ RoleName: 'c' }], IsTruncated: false });
  });

  const inTheWay = [
    {
      name: 'an attached policy',
      add: () => execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn: basicExecution }, call),
      remove: () => execute(iam, 'DetachRolePolicy', { RoleName, PolicyArn: basicExecution }, call),
    },
    {
      name: 'an inline policy',
      add: () =>
        execute(iam, 'PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: permissions }, call),
      remove: () => execute(iam, 'DeleteRolePolicy', { RoleName, PolicyName: 'own' }, call),
    },
  ];
  test.each(inTheWay)('is not deleted with $name', async ({ add, remove }) => {
    await createRole();
    await add();
    const deletion = () => execute(iam, 'DeleteRole', { RoleName }, call);
    await expect(deletion()).rejects.toMatchObject({ code: 'DeleteConflict', status: 409 });

    await remove();
    await deletion();

    await expect(execute(iam, 'GetRole', { RoleName }, call)).rejects.toMatchObject({
      code: 'NoSuchEntity',
      status: 404,
      message: 'The role with name function-role cannot be found.',
    });
  });

  test('has inline policies', async () => {
    await createRole();
    await execute(iam, 'PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: permissions }, call);

    const { PolicyNames } = await execute(iam, 'ListRolePolicies', { RoleName }, call);
    const { PolicyDocument } = await execute(iam, 'GetRolePolicy', { RoleName, PolicyName: 'own' }, call);

    expect(PolicyNames).toEqual(['own']);
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(permissions);
    await expect(
      execute(iam, 'GetRolePolicy', { RoleName, PolicyName: 'other' }, call),
    ).rejects.toMatchObject({
      code: 'NoSuchEntity',
    });
  });

  test("is attached AWS's policies and others", async () => {
    await createRole();
    const own = await createPolicy();
    for (const PolicyArn of [basicExecution, own])
      await execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn }, call);

    const { AttachedPolicies } = await execute(iam, 'ListAttachedRolePolicies', { RoleName }, call);

    expect(AttachedPolicies).toEqual([
      { PolicyName: 'reading', PolicyArn: own },
      { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution },
    ]);
    await expect(
      execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/None' }, call),
    ).rejects.toMatchObject({ code: 'NoSuchEntity' });
  });
});

describe('a policy', () => {
  test('has tags, and names the roles that it is attached to', async () => {
    const PolicyArn = await createPolicy();
    await createRole();
    await execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn }, call);
    await execute(iam, 'TagPolicy', { PolicyArn, Tags: [{ Key: 'a', Value: '1' }] }, call);
    await execute(iam, 'TagPolicy', { PolicyArn, Tags: [{ Key: 'b', Value: '2' }] }, call);
    await execute(iam, 'UntagPolicy', { PolicyArn, TagKeys: ['a'] }, call);

    const { Tags } = await execute(iam, 'ListPolicyTags', { PolicyArn }, call);
    const { PolicyRoles } = await execute(iam, 'ListEntitiesForPolicy', { PolicyArn }, call);

    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
    expect(PolicyRoles).toMatchObject([{ RoleName }]);
  });

  test('has versions, of which one is the default', async () => {
    const PolicyArn = await createPolicy();
    const changed = permissions.replace('ec2', 'elasticloadbalancing');
    const input = { PolicyArn, PolicyDocument: changed, SetAsDefault: true };
    await execute(iam, 'CreatePolicyVersion', input, call);

    const { Policy } = await execute(iam, 'GetPolicy', { PolicyArn }, call);
    const { PolicyVersion } = await execute(iam, 'GetPolicyVersion', { PolicyArn, VersionId: 'v2' }, call);

    expect(Policy).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 0 });
    expect(PolicyVersion?.IsDefaultVersion).toBe(true);
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(changed);
  });

  test('has five versions at most', async () => {
    const PolicyArn = await createPolicy();
    const add = () => execute(iam, 'CreatePolicyVersion', { PolicyArn, PolicyDocument: permissions }, call);
    for (let version = 2; version <= 5; version++) await add();

    await expect(add()).rejects.toMatchObject({ code: 'LimitExceeded', status: 409 });
  });

  test('is not deleted while it is attached', async () => {
    await createRole();
    const PolicyArn = await createPolicy();
    await execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn }, call);
    const deletion = () => execute(iam, 'DeletePolicy', { PolicyArn }, call);
    await expect(deletion()).rejects.toMatchObject({ code: 'DeleteConflict' });

    await execute(iam, 'DetachRolePolicy', { RoleName, PolicyArn }, call);
    await deletion();

    const { Policies } = await execute(iam, 'ListPolicies', { Scope: 'Local' }, call);
    expect(Policies).toEqual([]);
  });
});

describe('a document', () => {
  const statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
  const refused = [
    { name: 'is no JSON', document: '{' },
    { name: 'has no statement', document: '{}' },
    {
      name: 'has a field that policies have not',
      document: JSON.stringify({ Statement: { ...statement, Actions: 'x' } }),
    },
    { name: 'names a principal', document: JSON.stringify({ Statement: { ...statement, Principal: '*' } }) },
    {
      name: 'names no resource',
      document: JSON.stringify({ Statement: { Effect: 'Allow', Action: 'ec2:*' } }),
    },
    { name: 'names no action', document: JSON.stringify({ Statement: { Effect: 'Allow', Resource: '*' } }) },
    {
      name: 'is of another version',
      document: JSON.stringify({ Version: '2020-01-01', Statement: statement }),
    },
  ];
  test.each(refused)('that $name is malformed', async ({ document }) => {
    await createRole();

    await expect(
      execute(iam, 'PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: document }, call),
    ).rejects.toMatchObject({ code: 'MalformedPolicyDocument', status: 400 });
  });

  test('of trust names whom it trusts, and no resource', async () => {
    await createRole();

    for (const PolicyDocument of [permissions, trust.replace('"Action"', '"Resource":"*","Action"')]) {
      await expect(
        execute(iam, 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument }, call),
      ).rejects.toMatchObject({ code: 'MalformedPolicyDocument' });
    }
  });
});
