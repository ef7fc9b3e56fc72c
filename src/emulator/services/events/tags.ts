import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { findRuleByArn } from './lookup.ts';

export const tags: Operations<EventBridge> = {
  TagResource(input, call) {
    const rule = findRuleByArn(input.ResourceARN, call);
    for (const { Key = '', Value = '' } of input.Tags ?? []) rule.tags.set(Key, Value);
    return {};
  },

  UntagResource(input, call) {
    const rule = findRuleByArn(input.ResourceARN, call);
    for (const key of input.TagKeys ?? []) rule.tags.delete(key);
    return {};
  },

  ListTagsForResource(input, call) {
    const { tags } = findRuleByArn(input.ResourceARN, call);
    return { Tags: writeTags(tags) };
  },
};
