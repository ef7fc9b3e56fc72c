import { paginate } from '../../core/pagination.ts';
import { badRequest } from './errors.ts';

const PAGE_SIZE = 25;
const LARGEST_PAGE = 500;

/**
 * A page of a collection: `limit` from 1 to 500.
 *
 * @throws AwsError `BadRequestException`
 */
export function page<T extends { id: string }>(
  things: ReadonlyMap<string, T>,
  { position, limit = PAGE_SIZE }: { position?: string | undefined; limit?: number | undefined },
): { items: T[]; position: string | undefined } {
  if (limit < 1 || limit > LARGEST_PAGE)
    throw badRequest(`Invalid limit ${limit}: must be between 1 and ${LARGEST_PAGE}`);
  const options = { limit, token: position, invalidToken: 'BadRequestException' };
  const { items, nextToken } = paginate([...things.values()], ({ id }) => id, options);
  return { items, position: nextToken };
}
