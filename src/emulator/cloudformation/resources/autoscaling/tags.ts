import type { Tag } from '@aws-sdk/client-auto-scaling';
import { execute } from '../../../core/execute.ts';
import { autoScaling } from '../../../services/autoscaling/index.ts';
import { readRecords, readText } from '../../properties.ts';
import type { ResourceContext } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';

/** The tags of a group; what is not its own reaches its instances. */
export function groupTags(ResourceId: string, properties: Properties, context: ResourceContext): Tag[] {
  const own = readRecords(properties, 'Tags');
  return tagList(properties, context).map(({ Key, Value }) => {
    const tag = own.find((held) => readText(held, 'Key') === Key);
    const PropagateAtLaunch = !tag || readText(tag, 'PropagateAtLaunch') === 'true';
    return { ResourceId, ResourceType: 'auto-scaling-group', Key, Value, PropagateAtLaunch };
  });
}

/** Gives a group the tags that its properties now say. */
export async function retag(
  name: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const desired = groupTags(name, properties, context);
  const removed = groupTags(name, previous, context).filter(
    (tag) => !desired.some(({ Key }) => Key === tag.Key),
  );
  if (removed.length > 0) await execute(autoScaling, 'DeleteTags', { Tags: removed }, context.call);
  await execute(autoScaling, 'CreateOrUpdateTags', { Tags: desired }, context.call);
}
