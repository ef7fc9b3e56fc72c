import type { Lambda } from '@aws-sdk/client-lambda';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { findFunction } from './reference.ts';

export const tags: Operations<Lambda> = {
  TagResource({ Resource, Tags }, call) {
    const { target } = findFunction({ FunctionName: Resource }, call);
    for (const [key, value] of Object.entries(required(Tags, 'tags'))) target.tags.set(key, value);
    return {};
  },

  UntagResource({ Resource, TagKeys }, call) {
    const { target } = findFunction({ FunctionName: Resource }, call);
    for (const key of required(TagKeys, 'tagKeys')) target.tags.delete(key);
    return {};
  },

  ListTags({ Resource }, call) {
    return { Tags: Object.fromEntries(findFunction({ FunctionName: Resource }, call).target.tags) };
  },
};
