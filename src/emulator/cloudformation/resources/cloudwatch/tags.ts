import { execute } from '../../../core/execute.ts';
import { cloudWatch } from '../../../services/cloudwatch/index.ts';
import type { ResourceContext } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { removedTagKeys, tagList } from '../tags.ts';

/** Brings the tags to what they are to be; putting a thing again leaves them as they are. */
export async function retag(
  ResourceARN: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const TagKeys = removedTagKeys(properties, previous, context);
  await execute(cloudWatch, 'UntagResource', { ResourceARN, TagKeys }, context.call);
  await execute(cloudWatch, 'TagResource', { ResourceARN, Tags: tagList(properties, context) }, context.call);
}
