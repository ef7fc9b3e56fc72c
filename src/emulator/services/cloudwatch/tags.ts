import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import { findTagged } from './lookup.ts';

export const tags: Operations<CloudWatch> = {
  TagResource(input, { cell }) {
    const { tags } = findTagged(cell, required(input.ResourceARN, 'resourceARN'));
    for (const [key, value] of readTags(input.Tags)) tags.set(key, value);
    return {};
  },

  UntagResource(input, { cell }) {
    const { tags } = findTagged(cell, required(input.ResourceARN, 'resourceARN'));
    for (const key of required(input.TagKeys, 'tagKeys')) tags.delete(key);
    return {};
  },

  ListTagsForResource(input, { cell }) {
    const { tags } = findTagged(cell, required(input.ResourceARN, 'resourceARN'));
    return { Tags: writeTags(tags) };
  },
};
