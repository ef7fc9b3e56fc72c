import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readRecords, readText, requireText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

/** `AWS::ApiGateway::Method`, its integration included. */
export const method: ResourceProvider = {
  createOnly: ['HttpMethod', 'ResourceId', 'RestApiId'],

  async create(properties, { call }) {
    await putMethod(properties, call);
    return provided(properties);
  },

  /** A method is put once: to change it is to put it anew. Deployments keep what they were made of. */
  async update(_physicalId, properties, _previous, { call }) {
    await execute(apiGateway, 'DeleteMethod', identity(properties), call);
    await putMethod(properties, call);
    return provided(properties);
  },

  async delete(_physicalId, properties, { call }) {
    await execute(apiGateway, 'DeleteMethod', identity(properties), call);
  },
};

async function putMethod(properties: Properties, call: Call): Promise<void> {
  const input = toInput(apiGateway, 'PutMethod', properties, ['Integration', 'MethodResponses']);
  await execute(apiGateway, 'PutMethod', input, call);
  for (const response of readRecords(properties, 'MethodResponses')) {
    const named = { ...response, ...keys(properties) };
    const put = toInput(apiGateway, 'PutMethodResponse', named);
    await execute(apiGateway, 'PutMethodResponse', put, call);
  }
  if (isRecord(properties.Integration)) await putIntegration(properties.Integration, properties, call);
}

async function putIntegration(integration: Properties, properties: Properties, call: Call): Promise<void> {
  const named = { ...integration, ...keys(properties) };
  const input = toInput(apiGateway, 'PutIntegration', named, ['IntegrationResponses']);
  await execute(apiGateway, 'PutIntegration', input, call);
  for (const response of readRecords(integration, 'IntegrationResponses')) {
    const put = toInput(apiGateway, 'PutIntegrationResponse', {
      ...response,
      ...keys(properties),
    });
    await execute(apiGateway, 'PutIntegrationResponse', put, call);
  }
}

/** What names the method, as a template does. */
function keys({ RestApiId, ResourceId, HttpMethod }: Properties): Properties {
  return { RestApiId, ResourceId, HttpMethod };
}

/** The same, as calls do. */
function identity(properties: Properties): { restApiId: string; resourceId: string; httpMethod: string } {
  return {
    restApiId: requireText(properties, 'RestApiId'),
    resourceId: requireText(properties, 'ResourceId'),
    httpMethod: readText(properties, 'HttpMethod') ?? '',
  };
}

function provided(properties: Properties): ProvidedResource {
  const { restApiId, resourceId, httpMethod } = identity(properties);
  return { physicalId: `${restApiId}|${resourceId}|${httpMethod}` };
}
