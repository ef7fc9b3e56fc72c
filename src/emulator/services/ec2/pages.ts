import { AwsError } from '../../core/aws-error.ts';
import { type Page, paginate } from '../../core/pagination.ts';

const largestPage = 1000;
const smallestPage = 5;

/**
 * A page of an EC2 `Describe…`: `MaxResults` from 5 to 1,000.
 *
 * @throws AwsError `InvalidParameterValue`, `InvalidNextToken`
 */
export function page<T extends { id: string }>(
  things: readonly T[],
  {
    MaxResults: limit,
    NextToken: token,
  }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): Page<T> {
  if (limit !== undefined && (limit < smallestPage || limit > largestPage)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${limit} ) for parameter maxResults is invalid. Expecting a value between ${smallestPage} and ${largestPage}.`,
    );
  }
  return paginate(things, ({ id }) => id, {
    limit: limit ?? largestPage,
    token,
    invalidToken: 'InvalidNextToken',
  });
}
