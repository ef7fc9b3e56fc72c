import { readRecords, readText } from '../properties.ts';
import type { ResourceContext } from '../resource-provider.ts';
import type { Properties } from '../template/template.ts';

export interface KeyValue {
  Key: string;
  Value: string;
}

/** The tags of a resource: its own, those of its stack, and CloudFormation's. */
export function tagList(properties: Properties, { tags }: ResourceContext): KeyValue[] {
  return Object.entries(tagMap(properties, { tags })).map(([Key, Value]) => ({ Key, Value }));
}

/** The same, as services take them that have tags as a map. */
export function tagMap(
  properties: Properties,
  { tags }: Pick<ResourceContext, 'tags'>,
): Record<string, string> {
  const own = readRecords(properties, 'Tags').map((tag) => [
    readText(tag, 'Key') ?? '',
    readText(tag, 'Value') ?? '',
  ]);
  const inherited = tags.map(({ Key = '', Value = '' }) => [Key, Value]);
  return Object.fromEntries([...inherited, ...own]);
}

/** Keys of the tags that a resource had by its previous properties, and no longer has. */
export function removedTagKeys(
  properties: Properties,
  previous: Properties,
  context: Pick<ResourceContext, 'tags'>,
): string[] {
  const desired = tagMap(properties, context);
  return Object.keys(tagMap(previous, context)).filter((key) => !Object.hasOwn(desired, key));
}
