import type { SNS } from '@aws-sdk/client-sns';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';

export const tags: Operations<SNS> = {
  TagResource(input, { cell }) {
    const tags = tagsOf(cell, input.ResourceArn);
    for (const [key, value] of readTags(input.Tags)) tags.set(key, value);
    return {};
  },

  UntagResource(input, { cell }) {
    const tags = tagsOf(cell, input.ResourceArn);
    for (const key of input.TagKeys ?? []) tags.delete(key);
    return {};
  },

  ListTagsForResource(input, { cell }) {
    return { Tags: writeTags(tagsOf(cell, input.ResourceArn)) };
  },
};

function tagsOf({ topics }: Cell, arn = ''): Map<string, string> {
  const topic = topics.all.get(arn);
  if (!topic) throw new AwsError('ResourceNotFound', 'Resource does not exist', 404);
  return topic.tags;
}
