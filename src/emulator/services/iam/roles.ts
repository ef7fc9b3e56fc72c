import type { IAM, Role as RoleOutput } from '@aws-sdk/client-iam';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import { profilesOf } from '../../world/identity/instance-profile.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import type { Role } from '../../world/identity/role.ts';
import { encodeDocument } from './documents.ts';
import { deleteConflict, entityAlreadyExists } from './errors.ts';
import { findRole } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';

export const roles: Operations<IAM> = {
  CreateRole(input, { cell: { account, clock, identity } }) {
    const name = required(input.RoleName, 'roleName');
    if (identity.roles.has(name)) throw entityAlreadyExists(`Role with name ${name} already exists.`);
    const document = required(input.AssumeRolePolicyDocument, 'assumeRolePolicyDocument');
    parsePolicyDocument(document, 'trust');
    const path = input.Path ?? '/';
    const role: Role = {
      id: identity.uniqueId('AROA'),
      name,
      path,
      arn: `arn:aws:iam::${account}:role${path}${name}`,
      assumeRolePolicyDocument: document,
      description: input.Description,
      maxSessionDurationSeconds: input.MaxSessionDuration ?? 3600,
      createdAt: clock.now(),
      inlinePolicies: new Map(),
      attachedPolicyArns: new Set(),
      tags: readTags(input.Tags),
    };
    identity.roles.set(name, role);
    return { Role: describeRole(role) };
  },

  GetRole(input, call) {
    return { Role: describeRole(findRole(input, call)) };
  },

  ListRoles(input, { cell: { identity } }) {
    const { PathPrefix = '/' } = input;
    const matching = [...identity.roles.values()].filter(({ path }) => path.startsWith(PathPrefix));
    const page = pageOf(matching, ({ name }) => name, input);
    return { Roles: page.items.map(describeRole), ...pageEnd(page) };
  },

  UpdateRole(input, call) {
    const role = findRole(input, call);
    role.description = input.Description ?? role.description;
    role.maxSessionDurationSeconds = input.MaxSessionDuration ?? role.maxSessionDurationSeconds;
    return {};
  },

  UpdateRoleDescription(input, call) {
    const role = findRole(input, call);
    role.description = required(input.Description, 'description');
    return { Role: describeRole(role) };
  },

  UpdateAssumeRolePolicy(input, call) {
    const role = findRole(input, call);
    const document = required(input.PolicyDocument, 'policyDocument');
    parsePolicyDocument(document, 'trust');
    role.assumeRolePolicyDocument = document;
    return {};
  },

  DeleteRole(input, call) {
    const role = findRole(input, call);
    if (role.attachedPolicyArns.size > 0) {
      throw deleteConflict('Cannot delete entity, must detach all policies first.');
    }
    if (role.inlinePolicies.size > 0)
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    if (profilesOf(call.cell.identity, role).length > 0) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    call.cell.identity.roles.delete(role.name);
    return {};
  },

  TagRole(input, call) {
    const role = findRole(input, call);
    for (const [key, value] of readTags(input.Tags)) role.tags.set(key, value);
    return {};
  },

  UntagRole(input, call) {
    const role = findRole(input, call);
    for (const key of input.TagKeys ?? []) role.tags.delete(key);
    return {};
  },

  ListRoleTags(input, call) {
    return { Tags: writeTags(findRole(input, call).tags), IsTruncated: false };
  },
};

export function describeRole(role: Role): RoleOutput {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.assumeRolePolicyDocument),
    MaxSessionDuration: role.maxSessionDurationSeconds,
    ...(role.description !== undefined && { Description: role.description }),
    ...(role.tags.size > 0 && { Tags: writeTags(role.tags) }),
    RoleLastUsed: {},
  };
}
