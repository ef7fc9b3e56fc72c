import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';

/** What each filter of a call looks at: the values that a thing has under the filter's name. */
export type Filterable<T> = Readonly<Record<string, (thing: T) => readonly (string | undefined)[]>>;

/**
 * The things that every filter lets through: one of its values, `*` and `?` being wildcards, fits one of the thing's.
 *
 * @throws AwsError `InvalidParameterValue` for a filter that the call does not have, `FilterLimitExceeded`
 */
export function applyFilters<T extends { tags: ReadonlyMap<string, string> }>(
  things: Iterable<T>,
  filters: readonly Filter[] | undefined,
  filterable: Filterable<T>,
): T[] {
  const tests = (filters ?? []).map((filter) => toTest(filter, filterable));
  return [...things].filter((thing) => tests.every((test) => test(thing)));
}

function toTest<T extends { tags: ReadonlyMap<string, string> }>(
  { Name: name = '', Values: values = [] }: Filter,
  filterable: Filterable<T>,
): (thing: T) => boolean {
  const read = tagFilter(name) ?? filterable[name];
  if (!read) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  if (values.length > 200) {
    throw new AwsError(
      'FilterLimitExceeded',
      'The maximum number of filter values specified on a single call is 200',
    );
  }
  const patterns = values.map(toPattern);
  return (thing) => read(thing).some((value) => patterns.some((pattern) => pattern.test(value ?? '')));
}

function tagFilter(name: string): ((thing: { tags: ReadonlyMap<string, string> }) => string[]) | undefined {
  if (name === 'tag-key') return ({ tags }) => [...tags.keys()];
  if (!name.startsWith('tag:')) return undefined;
  const key = name.slice('tag:'.length);
  return ({ tags }) => (tags.has(key) ? [tags.get(key) ?? ''] : []);
}

/** `*` is any characters, `?` is one, and a backslash before a character makes it mean itself. */
function toPattern(value: string): RegExp {
  const source = value.replace(/\\(.)|[\s\S]/g, (character, escaped?: string) => {
    if (escaped === undefined && character === '*') return '.*';
    if (escaped === undefined && character === '?') return '.';
    return (escaped ?? character).replace(/[\\^$.*?|+()[\]{}]/, '\\$&');
  });
  return new RegExp(`^${source}$`, 's');
}
