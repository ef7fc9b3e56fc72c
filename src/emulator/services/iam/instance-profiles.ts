import type { IAM, InstanceProfile as ProfileOutput } from '@aws-sdk/client-iam';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import { type InstanceProfile, profilesOf } from '../../world/identity/instance-profile.ts';
import { deleteConflict, entityAlreadyExists, noSuchEntity } from './errors.ts';
import { findRole } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';
import { describeRole } from './roles.ts';

export const instanceProfiles: Operations<IAM> = {
  CreateInstanceProfile(input, call) {
    const { account, clock, identity } = call.cell;
    const name = required(input.InstanceProfileName, 'instanceProfileName');
    if (identity.instanceProfiles.has(name))
      throw entityAlreadyExists(`Instance Profile ${name} already exists.`);
    const path = input.Path ?? '/';
    const profile: InstanceProfile = {
      id: identity.uniqueId('AIPA'),
      name,
      path,
      arn: `arn:aws:iam::${account}:instance-profile${path}${name}`,
      createdAt: clock.now(),
      roleName: undefined,
      tags: readTags(input.Tags),
    };
    identity.instanceProfiles.set(name, profile);
    return { InstanceProfile: describe(profile, call) };
  },

  GetInstanceProfile(input, call) {
    return { InstanceProfile: describe(findProfile(input, call), call) };
  },

  ListInstanceProfiles(input, call) {
    const { PathPrefix = '/' } = input;
    const all = [...call.cell.identity.instanceProfiles.values()];
    const matching = all.filter(({ path }) => path.startsWith(PathPrefix));
    const page = pageOf(matching, ({ name }) => name, input);
    return { InstanceProfiles: page.items.map((profile) => describe(profile, call)), ...pageEnd(page) };
  },

  ListInstanceProfilesForRole(input, call) {
    const page = pageOf(profilesOf(call.cell.identity, findRole(input, call)), ({ name }) => name, input);
    return { InstanceProfiles: page.items.map((profile) => describe(profile, call)), ...pageEnd(page) };
  },

  AddRoleToInstanceProfile(input, call) {
    const profile = findProfile(input, call);
    const role = findRole(input, call);
    if (profile.roleName !== undefined) {
      throw new AwsError(
        'LimitExceeded',
        'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
        409,
      );
    }
    profile.roleName = role.name;
    return {};
  },

  RemoveRoleFromInstanceProfile(input, call) {
    const profile = findProfile(input, call);
    const { name } = findRole(input, call);
    if (profile.roleName !== name) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    profile.roleName = undefined;
    return {};
  },

  DeleteInstanceProfile(input, call) {
    const profile = findProfile(input, call);
    if (profile.roleName !== undefined) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    call.cell.identity.instanceProfiles.delete(profile.name);
    return {};
  },
};

function findProfile(input: { InstanceProfileName?: string | undefined }, { cell }: Call): InstanceProfile {
  const name = required(input.InstanceProfileName, 'instanceProfileName');
  const found = cell.identity.instanceProfiles.get(name);
  if (!found) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return found;
}

function describe(profile: InstanceProfile, { cell }: Call): ProfileOutput {
  const role = cell.identity.roles.get(profile.roleName ?? '');
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: role ? [describeRole(role)] : [],
    ...(profile.tags.size > 0 && { Tags: writeTags(profile.tags) }),
  };
}
