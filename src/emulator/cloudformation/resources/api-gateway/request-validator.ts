import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { replaceIfSaid } from './patches.ts';

/** `AWS::ApiGateway::RequestValidator` */
export const requestValidator: ResourceProvider = {
  createOnly: ['Name', 'RestApiId'],

  async create(properties, { call }) {
    const input = toInput(apiGateway, 'CreateRequestValidator', properties);
    const { id = '' } = await execute(apiGateway, 'CreateRequestValidator', input, call);
    return provided(id);
  },

  async update(requestValidatorId, properties, _previous, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const patchOperations = [
      ...replaceIfSaid('/validateRequestBody', readText(properties, 'ValidateRequestBody') ?? 'false'),
      ...replaceIfSaid(
        '/validateRequestParameters',
        readText(properties, 'ValidateRequestParameters') ?? 'false',
      ),
    ];
    const input = { restApiId, requestValidatorId, patchOperations };
    await execute(apiGateway, 'UpdateRequestValidator', input, call);
    return provided(requestValidatorId);
  },

  async delete(requestValidatorId, properties, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    await execute(apiGateway, 'DeleteRequestValidator', { restApiId, requestValidatorId }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { RequestValidatorId: physicalId } };
}
