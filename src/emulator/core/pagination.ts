import { AwsError } from './aws-error.ts';

export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/**
 * A page of things in the order of their keys. The token holds the last key seen, so that what comes and goes between
 * two pages neither repeats nor hides anything else.
 *
 * @throws AwsError `code` for a token that no page gave out
 */
export function paginate<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  { limit, token, invalidToken }: { limit: number; token: string | undefined; invalidToken: string },
): Page<T> {
  const sorted = [...things].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const after = token === undefined ? '' : readToken(token, invalidToken);
  const rest = sorted.filter((thing) => keyOf(thing) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last !== undefined;
  return { items, nextToken: more ? Buffer.from(`after:${keyOf(last)}`).toString('base64url') : undefined };
}

function readToken(token: string, code: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) throw new AwsError(code, `The token '${token}' is invalid`);
  return text.slice('after:'.length);
}
