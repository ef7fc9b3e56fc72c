import { type CreateRestApiRequest, CreateRestApiRequest$ } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

/** `AWS::ApiGateway::RestApi` */
export const restApi: ResourceProvider = {
  async create({ ApiKeySourceType: ApiKeySource, ...properties }, context) {
    const named = {
      ...properties,
      ...(ApiKeySource === undefined ? {} : { ApiKeySource }),
      ...policyOf(properties),
      Tags: tagMap(properties, context),
    };
    const input = toInput<CreateRestApiRequest>(CreateRestApiRequest$, named);
    const { id = '', rootResourceId } = await execute(apiGateway, 'CreateRestApi', input, context.call);
    return { physicalId: id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
  },

  async delete(restApiId, _properties, { call }) {
    await execute(apiGateway, 'DeleteRestApi', { restApiId }, call);
  },
};

function policyOf({ Policy }: Properties): object {
  return isRecord(Policy) ? { Policy: JSON.stringify(Policy) } : {};
}
