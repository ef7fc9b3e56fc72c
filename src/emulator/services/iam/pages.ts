import { type Page, paginate } from '../../core/pagination.ts';

interface PageInput {
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

export function pageOf<T>(things: readonly T[], keyOf: (thing: T) => string, input: PageInput): Page<T> {
  return paginate(things, keyOf, {
    limit: input.MaxItems ?? 100,
    token: input.Marker,
    invalidToken: 'ValidationError',
  });
}

/** The end of a listing, as IAM tells it. */
export function pageEnd({ nextToken }: Page<unknown>): { IsTruncated: boolean; Marker?: string } {
  return nextToken === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: nextToken };
}
