import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::ApiGateway::Resource` */
export const resource: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput(apiGateway, 'CreateResource', properties);
    const { id = '' } = await execute(apiGateway, 'CreateResource', input, call);
    return { physicalId: id, attributes: { ResourceId: id } };
  },

  async delete(resourceId, properties, { call }) {
    await execute(
      apiGateway,
      'DeleteResource',
      { restApiId: requireText(properties, 'RestApiId'), resourceId },
      call,
    );
  },
};
