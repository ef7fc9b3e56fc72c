import { AwsError } from '../../core/aws-error.ts';

interface PageInput {
  nextToken?: string | undefined;
  limit?: number | undefined;
  descending?: boolean | undefined;
}

/** A page of things in the order of their keys, or the other way round; the token is the last key seen. */
export function pageOf<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  { nextToken, limit = 50, descending = false }: PageInput,
): { items: T[]; nextToken: string | undefined } {
  const seen = nextToken === undefined ? undefined : readToken(nextToken);
  const direction = descending ? -1 : 1;
  const rest = things
    .map((thing) => ({ thing, key: keyOf(thing) }))
    .filter(({ key }) => seen === undefined || compare(key, seen) === direction)
    .sort((one, other) => compare(one.key, other.key) * direction);
  const found = rest.slice(0, limit);
  const last = rest.length > limit ? found.at(-1) : undefined;
  return { items: found.map(({ thing }) => thing), nextToken: last && writeToken(last.key) };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function writeToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return text.slice('after:'.length);
}
