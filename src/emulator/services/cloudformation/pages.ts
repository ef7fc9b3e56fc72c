import { type Page, paginate } from '../../core/pagination.ts';

const pageSize = 100;
const digits = 9;

/** A page of things in the order that they are given in. */
export function pageOf<T>(things: readonly T[], token: string | undefined): Page<T> {
  return numbered(
    things.map((thing, index) => [index, thing]),
    token,
  );
}

/** A page that starts with the last of the things, numbered from the first: what is added later moves no page. */
export function newestFirst<T>(oldestFirst: readonly T[], token: string | undefined): Page<T> {
  return numbered(
    oldestFirst.map((thing, index) => [10 ** digits - 1 - index, thing]),
    token,
  );
}

function numbered<T>(things: readonly (readonly [number, T])[], token: string | undefined): Page<T> {
  const keyOf = ([number]: readonly [number, T]): string => String(number).padStart(digits, '0');
  const options = { limit: pageSize, token, invalidToken: 'ValidationError' };
  const { items, nextToken } = paginate(things, keyOf, options);
  return { items: items.map(([, thing]) => thing), nextToken };
}
