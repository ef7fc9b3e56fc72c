import type { Tag } from '@aws-sdk/client-iam';

export function tagMap(tags: readonly Tag[] = []): Map<string, string> {
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
