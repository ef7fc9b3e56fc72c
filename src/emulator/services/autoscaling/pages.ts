import { AwsError } from '../../core/aws-error.ts';
import { type Page, paginate } from '../../core/pagination.ts';

const largestPage = 100;
const usualPage = 50;

/**
 * A page of a `Describe…`: `MaxRecords` from 1 to 100, 50 if it is left out.
 *
 * @throws AwsError `ValidationError`, `InvalidNextToken`
 */
export function page<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  {
    MaxRecords: limit = usualPage,
    NextToken: token,
  }: { MaxRecords?: number | undefined; NextToken?: string | undefined },
): Page<T> {
  if (limit < 1 || limit > largestPage) {
    throw new AwsError(
      'ValidationError',
      `The number of records to retrieve must be between 1 and ${largestPage}, not ${limit}`,
    );
  }
  return paginate(things, keyOf, { limit, token, invalidToken: 'InvalidNextToken' });
}
