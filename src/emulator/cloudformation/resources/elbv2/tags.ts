import { execute } from '../../../core/execute.ts';
import { elbv2 } from '../../../services/elbv2/index.ts';
import type { ResourceContext } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { removedTagKeys, tagList } from '../tags.ts';

/** Gives a resource the tags that its properties now say. */
export async function retag(
  arn: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const TagKeys = removedTagKeys(properties, previous, context);
  if (TagKeys.length > 0) await execute(elbv2, 'RemoveTags', { ResourceArns: [arn], TagKeys }, context.call);
  await execute(elbv2, 'AddTags', { ResourceArns: [arn], Tags: tagList(properties, context) }, context.call);
}
