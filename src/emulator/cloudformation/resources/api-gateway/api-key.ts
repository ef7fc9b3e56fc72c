import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { tagMap } from '../tags.ts';
import { replaceIfSaid } from './patches.ts';

/** `AWS::ApiGateway::ApiKey` */
export const apiKey: ResourceProvider = {
  createOnly: ['GenerateDistinctId', 'Name', 'Value'],

  async create(properties, context) {
    const Name = readText(properties, 'Name') ?? context.physicalName(128);
    const named = { ...properties, Name, Tags: tagMap(properties, context) };
    const input = toInput(apiGateway, 'CreateApiKey', named);
    const { id = '' } = await execute(apiGateway, 'CreateApiKey', input, context.call);
    return provided(id);
  },

  async update(id, properties, _previous, { call }) {
    const patchOperations = [
      ...replaceIfSaid('/description', readText(properties, 'Description')),
      ...replaceIfSaid('/customerId', readText(properties, 'CustomerId')),
      ...replaceIfSaid('/enabled', readText(properties, 'Enabled') ?? 'false'),
    ];
    await execute(apiGateway, 'UpdateApiKey', { apiKey: id, patchOperations }, call);
    return provided(id);
  },

  async delete(id, _properties, { call }) {
    await execute(apiGateway, 'DeleteApiKey', { apiKey: id }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { APIKeyId: physicalId } };
}
