import { execute } from '../../../core/execute.ts';
import { cloudWatch } from '../../../services/cloudwatch/index.ts';
import type { ResourceContext } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

/** Brings the tags to what they are to be; putting a thing again leaves them as they are. */
export async function changeTags(
  ResourceARN: string,
  { desired, previous }: { desired: Properties; previous: Properties },
  context: ResourceContext,
): Promise<void> {
  const wanted = tagMap(desired, context);
  const TagKeys = Object.keys(tagMap(previous, context)).filter((key) => !Object.hasOwn(wanted, key));
  const Tags = Object.entries(wanted).map(([Key, Value]) => ({ Key, Value }));
  await execute(cloudWatch, 'UntagResource', { ResourceARN, TagKeys }, context.call);
  await execute(cloudWatch, 'TagResource', { ResourceARN, Tags }, context.call);
}
