import type { ResourceContext } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

/** Tags are a map in this service's templates too; CloudFormation's own come with them. */
export function mappedTags(
  { Tags }: Properties,
  { tags }: Pick<ResourceContext, 'tags'>,
): Record<string, string> {
  const inherited = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  return { ...inherited, ...(isRecord(Tags) ? (Tags as Record<string, string>) : {}) };
}
