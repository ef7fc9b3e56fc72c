import { beforeEach, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { iam } from './index.ts';

let call: Call;
const InstanceProfileName = 'web';
const RoleName = 'web-role';
const AssumeRolePolicyDocument = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

beforeEach(async () => {
  call = serverlessCall({ clock: steppedClock(), runner: recordingRunner() });
  await execute(iam, 'CreateRole', { RoleName, AssumeRolePolicyDocument }, call);
  await execute(iam, 'CreateInstanceProfile', { InstanceProfileName }, call);
});

it('hands one role to instances, which must leave it before either goes', async () => {
  const names = { InstanceProfileName, RoleName };
  await execute(iam, 'AddRoleToInstanceProfile', names, call);
  const { InstanceProfile } = await execute(iam, 'GetInstanceProfile', { InstanceProfileName }, call);
  expect(InstanceProfile).toMatchObject({
    Arn: 'arn:aws:iam::000000000000:instance-profile/web',
    Roles: [{ RoleName }],
  });
  const { InstanceProfiles } = await execute(iam, 'ListInstanceProfilesForRole', { RoleName }, call);
  expect(InstanceProfiles?.map((profile) => profile.InstanceProfileName)).toEqual([InstanceProfileName]);
  const add = execute(iam, 'AddRoleToInstanceProfile', names, call);
  await expect(add).rejects.toMatchObject({ code: 'LimitExceeded' });
  const conflict = { code: 'DeleteConflict' };
  await expect(execute(iam, 'DeleteRole', { RoleName }, call)).rejects.toMatchObject(conflict);
  const deletion = execute(iam, 'DeleteInstanceProfile', { InstanceProfileName }, call);
  await expect(deletion).rejects.toMatchObject(conflict);
  await execute(iam, 'RemoveRoleFromInstanceProfile', names, call);
  await execute(iam, 'DeleteInstanceProfile', { InstanceProfileName }, call);
  await execute(iam, 'DeleteRole', { RoleName }, call);
  expect(await execute(iam, 'ListInstanceProfiles', {}, call)).toMatchObject({ InstanceProfiles: [] });
});

it('refuses what is there, and what is not', async () => {
  const again = execute(iam, 'CreateInstanceProfile', { InstanceProfileName }, call);
  await expect(again).rejects.toMatchObject({ code: 'EntityAlreadyExists', status: 409 });
  const unknown = execute(iam, 'GetInstanceProfile', { InstanceProfileName: 'none' }, call);
  await expect(unknown).rejects.toMatchObject({ code: 'NoSuchEntity', status: 404 });
  const removal = execute(iam, 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }, call);
  await expect(removal).rejects.toMatchObject({ code: 'NoSuchEntity' });
});
