import type { Lambda } from '@aws-sdk/client-lambda';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { resourceNotFound } from './errors.ts';
import { findFunction } from './reference.ts';

export const tags: Operations<Lambda> = {
  TagResource({ Resource, Tags }, call) {
    const held = tagsOf(Resource, call);
    for (const [key, value] of Object.entries(required(Tags, 'tags'))) held.set(key, value);
    return {};
  },

  UntagResource({ Resource, TagKeys }, call) {
    const held = tagsOf(Resource, call);
    for (const key of required(TagKeys, 'tagKeys')) held.delete(key);
    return {};
  },

  ListTags({ Resource }, call) {
    return { Tags: Object.fromEntries(tagsOf(Resource, call)) };
  },
};

/** What can be tagged are functions and event source mappings. */
function tagsOf(arn: string | undefined, call: Call): Map<string, string> {
  if (!arn?.includes(':event-source-mapping:')) return findFunction({ FunctionName: arn }, call).target.tags;
  const mapping = [...call.cell.eventSourceMappings.all.values()].find((held) => held.arn === arn);
  if (!mapping) throw resourceNotFound(`The resource you requested does not exist: ${arn}`);
  return mapping.tags;
}
