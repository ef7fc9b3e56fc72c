import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { iam } from '../../../services/iam/index.ts';
import { readText, readTexts } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';

/** `AWS::IAM::InstanceProfile` */
export const instanceProfile: ResourceProvider = {
  createOnly: ['InstanceProfileName', 'Path'],

  async create(properties, { call, initiated, physicalName }) {
    const InstanceProfileName = readText(properties, 'InstanceProfileName') ?? physicalName(128);
    const Path = readText(properties, 'Path');
    const made = await execute(iam, 'CreateInstanceProfile', { InstanceProfileName, Path }, call);
    initiated(InstanceProfileName);
    await changeRoles(InstanceProfileName, readTexts(properties, 'Roles'), [], call);
    return provided(InstanceProfileName, made.InstanceProfile?.Arn);
  },

  async update(InstanceProfileName, properties, previous, { call }) {
    await changeRoles(
      InstanceProfileName,
      readTexts(properties, 'Roles'),
      readTexts(previous, 'Roles'),
      call,
    );
    const found = await execute(iam, 'GetInstanceProfile', { InstanceProfileName }, call);
    return provided(InstanceProfileName, found.InstanceProfile?.Arn);
  },

  async delete(InstanceProfileName, properties, { call }) {
    await changeRoles(InstanceProfileName, [], readTexts(properties, 'Roles'), call);
    await execute(iam, 'DeleteInstanceProfile', { InstanceProfileName }, call);
  },
};

/** Removes first: a profile has one role at the most. */
async function changeRoles(
  InstanceProfileName: string,
  desired: readonly string[],
  current: readonly string[],
  call: Call,
): Promise<void> {
  for (const RoleName of current.filter((role) => !desired.includes(role))) {
    await execute(iam, 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }, call);
  }
  for (const RoleName of desired.filter((role) => !current.includes(role))) {
    await execute(iam, 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName }, call);
  }
}

function provided(name: string, arn: string | undefined): ProvidedResource {
  return { physicalId: name, attributes: { Arn: arn } };
}
