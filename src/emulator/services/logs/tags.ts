import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { findGroup } from './lookup.ts';

export const tags: Operations<CloudWatchLogs> = {
  TagResource(input, call) {
    const group = findGroup({ logGroupIdentifier: input.resourceArn }, call);
    for (const [key, value] of Object.entries(required(input.tags, 'tags'))) group.tags.set(key, value);
    return {};
  },

  UntagResource(input, call) {
    const group = findGroup({ logGroupIdentifier: input.resourceArn }, call);
    for (const key of required(input.tagKeys, 'tagKeys')) group.tags.delete(key);
    return {};
  },

  ListTagsForResource(input, call) {
    return { tags: Object.fromEntries(findGroup({ logGroupIdentifier: input.resourceArn }, call).tags) };
  },
};
