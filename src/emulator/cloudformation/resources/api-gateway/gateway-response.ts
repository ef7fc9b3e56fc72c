import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** `AWS::ApiGateway::GatewayResponse` */
export const gatewayResponse: ResourceProvider = {
  createOnly: ['ResponseType', 'RestApiId'],

  async create(properties, { call, physicalName }) {
    await put(properties, call);
    const id = physicalName(128);
    return { physicalId: id, attributes: { Id: id } };
  },

  async update(physicalId, properties, _previous, { call }) {
    await put(properties, call);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete(_physicalId, properties, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const responseType = requireText(properties, 'ResponseType') as GatewayResponseType;
    await execute(apiGateway, 'DeleteGatewayResponse', { restApiId, responseType }, call);
  },
};

async function put(properties: Properties, call: Call): Promise<void> {
  const input = toInput(apiGateway, 'PutGatewayResponse', properties);
  await execute(apiGateway, 'PutGatewayResponse', input, call);
}
