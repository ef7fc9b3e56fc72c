import { AwsError } from '../../core/aws-error.ts';
import { type Page, paginate } from '../../core/pagination.ts';

interface Bounds {
  least: number;
  most: number;
}

const usual: Bounds = { least: 5, most: 1000 };

/**
 * A page of an EC2 `Describe…`: `MaxResults` from 5 to 1,000 where the call has no other bounds.
 *
 * @throws AwsError `InvalidParameterValue`, `InvalidNextToken`
 */
export function page<T extends { id: string }>(
  things: readonly T[],
  {
    MaxResults: limit,
    NextToken: token,
  }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  { least, most }: Bounds = usual,
): Page<T> {
  if (limit !== undefined && (limit < least || limit > most)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${limit} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
  }
  return paginate(things, ({ id }) => id, {
    limit: limit ?? most,
    token,
    invalidToken: 'InvalidNextToken',
  });
}
