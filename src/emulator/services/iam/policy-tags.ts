import type { IAM } from '@aws-sdk/client-iam';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import { findPolicy } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';

export const policyTags: Operations<IAM> = {
  TagPolicy(input, call) {
    const policy = findPolicy(input, call);
    for (const [key, value] of readTags(input.Tags)) policy.tags.set(key, value);
    return {};
  },

  UntagPolicy(input, call) {
    const policy = findPolicy(input, call);
    for (const key of input.TagKeys ?? []) policy.tags.delete(key);
    return {};
  },

  ListPolicyTags(input, call) {
    const page = pageOf(writeTags(findPolicy(input, call).tags), ({ Key = '' }) => Key, input);
    return { Tags: page.items, ...pageEnd(page) };
  },

  /** Users and groups do not exist here. */
  ListEntitiesForPolicy(input, call) {
    const { arn } = findPolicy(input, call);
    const { EntityFilter: filter = 'Role' } = input;
    const roles = [...call.cell.identity.roles.values()].filter(
      (role) => filter === 'Role' && role.attachedPolicyArns.has(arn),
    );
    const page = pageOf(roles, ({ name }) => name, input);
    return {
      PolicyRoles: page.items.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: [],
      PolicyGroups: [],
      ...pageEnd(page),
    };
  },
};
