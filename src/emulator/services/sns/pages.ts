import { type Page, paginate } from '../../core/pagination.ts';

/** SNS chooses the size of its pages itself. */
const pageSize = 100;

export function pageOf<T extends { arn: string }>(things: readonly T[], token: string | undefined): Page<T> {
  return paginate(things, ({ arn }) => arn, { limit: pageSize, token, invalidToken: 'InvalidParameter' });
}
