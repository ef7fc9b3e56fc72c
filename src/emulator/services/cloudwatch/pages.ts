import { type Page, paginate } from '../../core/pagination.ts';

export function pageOf<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  { limit, token }: { limit: number; token: string | undefined },
): Page<T> {
  return paginate(things, keyOf, { limit, token, invalidToken: 'InvalidNextToken' });
}
