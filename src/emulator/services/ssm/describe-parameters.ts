import type { ParameterMetadata, ParameterStringFilter, SSM } from '@aws-sdk/client-ssm';
import type { Operations } from '../../core/service.ts';
import { latest, type StoredParameter } from '../../world/parameters/parameter.ts';
import { matches } from './filters.ts';
import { pageOf } from './pages.ts';

const mostAtOnce = 50;

export const listings: Operations<SSM> = {
  DescribeParameters(input, { cell }) {
    // The older form of filters knows equality alone.
    const older: ParameterStringFilter[] = (input.Filters ?? []).map(({ Key, Values }) => ({ Key, Values }));
    const filters = [...(input.ParameterFilters ?? []), ...older];
    const matching = [...cell.parameters.all.values()].filter((parameter) => matches(parameter, filters));
    const { items, nextToken } = pageOf(matching, input, mostAtOnce);
    return { Parameters: items.map(metadata), NextToken: nextToken };
  },
};

function metadata(parameter: StoredParameter): ParameterMetadata {
  const { type, keyId, modifiedAt, modifiedBy, description, allowedPattern, version, tier, dataType } =
    latest(parameter);
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: type,
    KeyId: keyId,
    LastModifiedDate: new Date(modifiedAt),
    LastModifiedUser: modifiedBy,
    Description: description,
    AllowedPattern: allowedPattern,
    Version: version,
    Tier: tier,
    Policies: [],
    DataType: dataType,
  };
}
