import { paginate } from '../../core/pagination.ts';

const PAGE_SIZE = 25;

/**
 * A page of a collection, as long as `MaxResults` (a number in text) says.
 *
 * @throws AwsError `BadRequestException`
 */
export function page<T>(
  things: ReadonlyMap<string, T>,
  { NextToken, MaxResults }: { NextToken?: string | undefined; MaxResults?: string | undefined },
): { items: T[]; nextToken: string | undefined } {
  const options = {
    limit: Number(MaxResults ?? PAGE_SIZE),
    token: NextToken,
    invalidToken: 'BadRequestException',
  };
  const { items, nextToken } = paginate([...things], ([id]) => id, options);
  return { items: items.map(([, thing]) => thing), nextToken };
}
