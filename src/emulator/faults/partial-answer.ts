import type { NormalizedSchema } from '@smithy/core/schema';
import type { Random } from '../core/random.ts';

type Members = Record<string, unknown>;

/** The answer with a share of each of its lists left out, by chance. */
export function partial(output: unknown, share: number, random: Random): unknown {
  const members = Object.entries((output ?? {}) as Members).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter(() => random() >= share) : value,
  ]);
  return Object.fromEntries(members);
}

/** What services call the length of a page. */
const pageSizes = ['MaxResults', 'PageSize', 'MaxItems', 'Limit', 'maxResults', 'limit'];

/** The input with a shorter page asked for; one that names what it wants, or has no pages, stays as it is. */
export function withShortPage(input: unknown, most: number, schema: NormalizedSchema): unknown {
  const given = (input ?? {}) as Members;
  const known = new Set([...schema.structIterator()].map(([name]) => name));
  const size = pageSizes.find((name) => known.has(name));
  const isNamed = Object.entries(given).some(
    ([name, value]) => /(Ids|Arns|Names)$/.test(name) && Array.isArray(value) && value.length > 0,
  );
  if (size === undefined || isNamed) return input;
  const asked = given[size];
  return { ...given, [size]: typeof asked === 'number' ? Math.min(asked, most) : most };
}
