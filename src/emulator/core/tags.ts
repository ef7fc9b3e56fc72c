/** A tag as most of AWS's APIs write it. */
interface Tag {
  Key?: string | undefined;
  Value?: string | undefined;
}

export function readTags(tags: readonly Tag[] = []): Map<string, string> {
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function writeTags(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
