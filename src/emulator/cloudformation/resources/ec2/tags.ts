import type { ResourceType, TagSpecification } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import type { ResourceContext } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { removedTagKeys, tagList } from '../tags.ts';

/** Tags as EC2's Create calls take them. */
export function tagSpecifications(
  type: ResourceType,
  properties: Properties,
  context: ResourceContext,
): TagSpecification[] {
  return [{ ResourceType: type, Tags: tagList(properties, context) }];
}

/** Gives a resource the tags that its properties now say. */
export async function retag(
  id: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const removed = removedTagKeys(properties, previous, context);
  if (removed.length > 0) {
    const Tags = removed.map((Key) => ({ Key }));
    await execute(ec2, 'DeleteTags', { Resources: [id], Tags }, context.call);
  }
  await execute(ec2, 'CreateTags', { Resources: [id], Tags: tagList(properties, context) }, context.call);
}
