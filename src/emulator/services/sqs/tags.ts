import type { SQS } from '@aws-sdk/client-sqs';
import type { Operations } from '../../core/service.ts';
import { findQueue } from './lookup.ts';

export const tags: Operations<SQS> = {
  TagQueue(input, call) {
    const queue = findQueue(input, call);
    for (const [key, value] of Object.entries(input.Tags ?? {})) queue.tags.set(key, value);
    return {};
  },

  UntagQueue(input, call) {
    const queue = findQueue(input, call);
    for (const key of input.TagKeys ?? []) queue.tags.delete(key);
    return {};
  },

  ListQueueTags(input, call) {
    return { Tags: Object.fromEntries(findQueue(input, call).tags) };
  },
};
