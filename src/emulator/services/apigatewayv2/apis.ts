import type { Api, ApiGatewayV2, CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import { assign } from './assign.ts';
import { badRequest } from './errors.ts';
import { importInto } from './import.ts';
import { findApi } from './lookup.ts';
import { page } from './page.ts';
import { quickCreate } from './quick-create.ts';

export const apis: Operations<ApiGatewayV2> = {
  CreateApi(input, { cell }) {
    const api = newApi(cell, input);
    cell.apis.httpApis.set(api.id, api);
    quickCreate(cell, api, input);
    return describe(cell, api);
  },
  ImportApi({ Body = '', Basepath }, { cell }) {
    const api = newApi(cell, { Name: 'imported', ProtocolType: 'HTTP' });
    importInto(cell, api, Body, Basepath);
    cell.apis.httpApis.set(api.id, api);
    return describe(cell, api);
  },
  ReimportApi({ ApiId, Body = '', Basepath }, { cell }) {
    const api = findApi(cell, ApiId);
    importInto(cell, api, Body, Basepath);
    return describe(cell, api);
  },
  GetApi({ ApiId }, { cell }) {
    return describe(cell, findApi(cell, ApiId));
  },
  GetApis(paging, { cell }) {
    const { items, nextToken } = page(cell.apis.httpApis, paging);
    return { Items: items.map((api) => describe(cell, api)), NextToken: nextToken };
  },
  UpdateApi({ ApiId, Target: _, RouteKey: __, CredentialsArn: ___, ...changes }, { cell }) {
    const api = findApi(cell, ApiId);
    assign(api.settings, changes);
    return describe(cell, api);
  },
  DeleteCorsConfiguration({ ApiId }, { cell }) {
    delete findApi(cell, ApiId).settings.CorsConfiguration;
    return {};
  },
  DeleteApi({ ApiId }, { cell }) {
    cell.apis.httpApis.delete(findApi(cell, ApiId).id);
    return {};
  },
};

function newApi(
  { apis, clock }: Cell,
  { Tags = {}, Target, RouteKey: _, CredentialsArn: __, ...settings }: CreateApiRequest,
): HttpApi {
  if (!settings.Name) throw badRequest('Name cannot be empty');
  const isWebSocket = settings.ProtocolType === 'WEBSOCKET';
  if (isWebSocket && !settings.RouteSelectionExpression) {
    throw badRequest('RouteSelectionExpression is required for WEBSOCKET protocol type');
  }
  if (isWebSocket && Target !== undefined) throw badRequest('Target is not supported for WEBSOCKET APIs');
  return {
    id: apis.newId(10),
    createdAt: clock.now(),
    settings: {
      ApiKeySelectionExpression: '$request.header.x-api-key',
      RouteSelectionExpression: '$request.method $request.path',
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      ...settings,
    },
    tags: new Map(Object.entries(Tags)),
    routes: new Map(),
    integrations: new Map(),
    authorizers: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
}

function describe(cell: Cell, { id, createdAt, settings, tags }: HttpApi): Api {
  return {
    ...settings,
    Name: settings.Name,
    ProtocolType: settings.ProtocolType,
    RouteSelectionExpression: settings.RouteSelectionExpression,
    ApiId: id,
    ApiEndpoint: `${settings.ProtocolType === 'WEBSOCKET' ? 'wss' : 'https'}://${id}.execute-api.${cell.region}.amazonaws.com`,
    CreatedDate: new Date(createdAt),
    Tags: Object.fromEntries(tags),
  };
}
