import { AwsError } from '../../core/aws-error.ts';
import { type Page, paginate } from '../../core/pagination.ts';

const largestPage = 400;

/**
 * A page of an ELBv2 `Describe…`: `PageSize` from 1 to 400.
 *
 * @throws AwsError `ValidationError`
 */
export function page<T extends { arn: string }>(
  things: readonly T[],
  {
    PageSize: limit = largestPage,
    Marker: token,
  }: { PageSize?: number | undefined; Marker?: string | undefined },
): Page<T> {
  if (limit < 1 || limit > largestPage) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${limit}' at 'pageSize' failed to satisfy constraint: Member must have value less than or equal to ${largestPage}`,
    );
  }
  return paginate(things, ({ arn }) => arn, { limit, token, invalidToken: 'ValidationError' });
}
