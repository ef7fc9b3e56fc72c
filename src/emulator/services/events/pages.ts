import { type Page, paginate } from '../../core/pagination.ts';

interface PageInput {
  NextToken?: string | undefined;
  Limit?: number | undefined;
}

export function pageOf<T>(things: readonly T[], keyOf: (thing: T) => string, input: PageInput): Page<T> {
  return paginate(things, keyOf, {
    limit: input.Limit ?? 100,
    token: input.NextToken,
    invalidToken: 'ValidationException',
  });
}
