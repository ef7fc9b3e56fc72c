import type { SSM } from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import type { Call, Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import type { StoredParameter } from '../../world/parameters/parameter.ts';

export const tags: Operations<SSM> = {
  AddTagsToResource({ Tags = [], ...input }, call) {
    const parameter = tagged(input, call);
    for (const { Key = '', Value = '' } of Tags) parameter.tags.set(Key, Value);
    return {};
  },

  RemoveTagsFromResource({ TagKeys = [], ...input }, call) {
    const parameter = tagged(input, call);
    for (const key of TagKeys) parameter.tags.delete(key);
    return {};
  },

  ListTagsForResource(input, call) {
    return { TagList: writeTags(tagged(input, call).tags) };
  },
};

function tagged(
  { ResourceType, ResourceId = '' }: { ResourceType?: string | undefined; ResourceId?: string | undefined },
  { cell }: Call,
): StoredParameter {
  if (ResourceType !== 'Parameter') {
    throw new AwsError(
      'InvalidResourceType',
      `${ResourceType} is not a type of resource that this local AWS can tag: only Parameter is`,
    );
  }
  const parameter = cell.parameters.all.get(ResourceId);
  if (!parameter) {
    throw new AwsError(
      'InvalidResourceId',
      `The resource ID "${ResourceId}" is not valid. Verify the ID and try again.`,
    );
  }
  return parameter;
}
