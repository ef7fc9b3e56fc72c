import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { openApiBody } from '../body.ts';
import { mappedTags } from './tags.ts';

/** Members that say what the API is made of, and how that is read. */
const ELSEWHERE = ['Body', 'BodyS3Location', 'BasePath', 'FailOnWarnings'];

/** `AWS::ApiGatewayV2::Api`: an HTTP or a WebSocket API, from properties or from an OpenAPI document. */
export const httpApi: ResourceProvider = {
  createOnly: ['ProtocolType'],

  async create(properties, context) {
    const { call, initiated } = context;
    const body = openApiBody(properties, call);
    if (body === undefined) {
      const input = toInput(
        apiGatewayV2,
        'CreateApi',
        { ...properties, Tags: mappedTags(properties, context) },
        ELSEWHERE,
      );
      const { ApiId = '' } = await execute(apiGatewayV2, 'CreateApi', input, call);
      return describe(ApiId, context);
    }
    const { ApiId = '' } = await execute(
      apiGatewayV2,
      'ImportApi',
      { Body: body, ...basePath(properties) },
      call,
    );
    initiated(ApiId);
    await settings(ApiId, properties, context);
    const ResourceArn = `arn:aws:apigateway:${context.cell.region}::/apis/${ApiId}`;
    const Tags = mappedTags(properties, context);
    await execute(apiGatewayV2, 'TagResource', { ResourceArn, Tags }, call);
    return describe(ApiId, context);
  },

  async update(ApiId, properties, _previous, context) {
    const body = openApiBody(properties, context.call);
    if (body !== undefined) {
      const input = { ApiId, Body: body, ...basePath(properties) };
      await execute(apiGatewayV2, 'ReimportApi', input, context.call);
    }
    await settings(ApiId, properties, context);
    return describe(ApiId, context);
  },

  async delete(ApiId, _properties, { call }) {
    await execute(apiGatewayV2, 'DeleteApi', { ApiId }, call);
  },
};

async function settings(ApiId: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const elsewhere = [...ELSEWHERE, 'Tags', 'ProtocolType'];
  const input = toInput(apiGatewayV2, 'UpdateApi', { ...properties, ApiId }, elsewhere);
  await execute(apiGatewayV2, 'UpdateApi', input, call);
}

function basePath({ BasePath }: Properties): { Basepath?: string } {
  return typeof BasePath === 'string' ? { Basepath: BasePath } : {};
}

async function describe(ApiId: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { ApiEndpoint } = await execute(apiGatewayV2, 'GetApi', { ApiId }, call);
  return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint } };
}
