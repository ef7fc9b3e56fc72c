import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readList, readText, readTexts, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { openApiBody } from '../body.ts';
import { tagMap } from '../tags.ts';
import { replaceIfSaid } from './patches.ts';

/** Members that say what the API is made of, and how that is read. */
const ELSEWHERE = ['Body', 'BodyS3Location', 'FailOnWarnings', 'Mode', 'Parameters'];

/** `AWS::ApiGateway::RestApi`, from properties or from an OpenAPI document. */
export const restApi: ResourceProvider = {
  async create(properties, context) {
    const body = openApiBody(properties, context.call);
    const { ApiKeySourceType: ApiKeySource, ...others } = properties;
    const named = {
      ...others,
      // A document has the name, where the template does not say it.
      ...(body !== undefined && { Name: readText(properties, 'Name') ?? context.physicalName(128) }),
      ...(ApiKeySource === undefined ? {} : { ApiKeySource }),
      ...policyOf(properties),
      Tags: tagMap(properties, context),
    };
    const input = toInput(apiGateway, 'CreateRestApi', named, ELSEWHERE);
    const { id = '' } = await execute(apiGateway, 'CreateRestApi', input, context.call);
    context.initiated(id);
    if (body !== undefined) await putBody(id, body, properties, context);
    return describe(id, context);
  },

  async update(restApiId, properties, previous, context) {
    const { call } = context;
    const body = openApiBody(properties, call);
    if (body !== undefined) await putBody(restApiId, body, properties, context);
    const patchOperations = [...settings(properties), ...binaryTypes(properties, previous)];
    await execute(apiGateway, 'UpdateRestApi', { restApiId, patchOperations }, call);
    return describe(restApiId, context);
  },

  async delete(restApiId, _properties, { call }) {
    await execute(apiGateway, 'DeleteRestApi', { restApiId }, call);
  },
};

/** A document says all that there is, unless it is to be merged into the rest; properties go before it. */
async function putBody(
  restApiId: string,
  body: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const { Parameters } = properties;
  const input = {
    restApiId,
    body: Buffer.from(body),
    mode: readText(properties, 'Mode') === 'merge' ? ('merge' as const) : ('overwrite' as const),
    parameters: isRecord(Parameters) ? (Parameters as Record<string, string>) : {},
  };
  await execute(apiGateway, 'PutRestApi', input, call);
  await execute(apiGateway, 'UpdateRestApi', { restApiId, patchOperations: settings(properties) }, call);
}

function settings(properties: Properties): PatchOperation[] {
  const paths = {
    Name: '/name',
    Description: '/description',
    ApiKeySourceType: '/apiKeySource',
    DisableExecuteApiEndpoint: '/disableExecuteApiEndpoint',
    MinimumCompressionSize: '/minimumCompressionSize',
  };
  const [type] = isRecord(properties.EndpointConfiguration)
    ? readTexts(properties.EndpointConfiguration, 'Types')
    : [];
  return [
    ...Object.entries(paths).flatMap(([name, path]) => replaceIfSaid(path, readText(properties, name))),
    ...replaceIfSaid('/policy', readText(policyOf(properties), 'Policy')),
    ...replaceIfSaid('/endpointConfiguration/types/0', type),
  ];
}

function binaryTypes(properties: Properties, previous: Properties): PatchOperation[] {
  const [desired, current] = [properties, previous].map((of) => readList(of, 'BinaryMediaTypes').map(String));
  const path = (type: string): string => `/binaryMediaTypes/${type.replaceAll('/', '~1')}`;
  return [
    ...(current ?? []).map((type) => ({ op: 'remove' as const, path: path(type) })),
    ...(desired ?? []).map((type) => ({ op: 'add' as const, path: path(type) })),
  ];
}

function policyOf({ Policy }: Properties): Properties {
  return isRecord(Policy) ? { Policy: JSON.stringify(Policy) } : {};
}

async function describe(restApiId: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { rootResourceId } = await execute(apiGateway, 'GetRestApi', { restApiId }, call);
  return { physicalId: restApiId, attributes: { RestApiId: restApiId, RootResourceId: rootResourceId } };
}
