import { type Page, paginate } from '../../core/pagination.ts';
import type { StoredParameter } from '../../world/parameters/parameter.ts';

interface PageInput {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

export function pageOf(
  parameters: readonly StoredParameter[],
  { MaxResults, NextToken }: PageInput,
  most: number,
): Page<StoredParameter> {
  const limit = Math.min(MaxResults ?? most, most);
  return paginate(parameters, ({ name }) => name, {
    limit,
    token: NextToken,
    invalidToken: 'InvalidNextToken',
  });
}
