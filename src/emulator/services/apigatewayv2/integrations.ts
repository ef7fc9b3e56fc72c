import type { ApiGatewayV2, CreateIntegrationRequest, Integration } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { autoDeploy } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import { assign } from './assign.ts';
import { badRequest, conflict } from './errors.ts';
import { find, findApi } from './lookup.ts';
import { page } from './page.ts';
import { LONGEST_WEB_SOCKET_TIMEOUT, validateWebSocketIntegration } from './web-socket-integration.ts';

const LONGEST_TIMEOUT = 30_000;

export const integrations: Operations<ApiGatewayV2> = {
  CreateIntegration({ ApiId, ...settings }, { cell }) {
    const api = findApi(cell, ApiId);
    const integration = newIntegration(cell, api, settings);
    autoDeploy(cell, api);
    return integration;
  },
  GetIntegration({ ApiId, IntegrationId }, { cell }) {
    return find(findApi(cell, ApiId).integrations, IntegrationId, 'Integration');
  },
  GetIntegrations({ ApiId, ...paging }, { cell }) {
    const { items, nextToken } = page(findApi(cell, ApiId).integrations, paging);
    return { Items: items, NextToken: nextToken };
  },
  UpdateIntegration({ ApiId, IntegrationId, ...changes }, { cell }) {
    const api = findApi(cell, ApiId);
    const integration = find(api.integrations, IntegrationId, 'Integration');
    validate(cell, api, { ...integration, ...changes });
    assign(integration, changes);
    if (integration.ConnectionType === 'INTERNET') delete integration.ConnectionId;
    autoDeploy(cell, api);
    return integration;
  },
  DeleteIntegration({ ApiId, IntegrationId = '' }, { cell }) {
    const api = findApi(cell, ApiId);
    find(api.integrations, IntegrationId, 'Integration');
    const user = [...api.routes.values()].find(({ Target }) => Target === `integrations/${IntegrationId}`);
    if (user) {
      throw conflict(`Cannot delete Integration ${IntegrationId}, it is referenced by Route ${user.RouteId}`);
    }
    api.integrations.delete(IntegrationId);
    autoDeploy(cell, api);
    return {};
  },
};

/** @throws AwsError `BadRequestException` */
export function newIntegration(
  cell: Cell,
  api: HttpApi,
  settings: Omit<CreateIntegrationRequest, 'ApiId'>,
): Integration {
  validate(cell, api, settings);
  const isWebSocket = api.settings.ProtocolType === 'WEBSOCKET';
  const integration: Integration = {
    IntegrationId: cell.apis.newId(7),
    ConnectionType: 'INTERNET',
    PayloadFormatVersion: '1.0',
    TimeoutInMillis: isWebSocket ? LONGEST_WEB_SOCKET_TIMEOUT : LONGEST_TIMEOUT,
    ...settings,
  };
  api.integrations.set(integration.IntegrationId ?? '', integration);
  return integration;
}

function validate(cell: Cell, { settings }: HttpApi, integration: Partial<CreateIntegrationRequest>): void {
  if (settings.ProtocolType === 'WEBSOCKET') validateWebSocketIntegration(cell, integration);
  else validateHttpIntegration(cell, integration);
}

function validateHttpIntegration({ apis }: Cell, integration: Partial<CreateIntegrationRequest>): void {
  const {
    IntegrationType,
    IntegrationUri = '',
    ConnectionType,
    ConnectionId = '',
    TimeoutInMillis = 50,
  } = integration;
  if (IntegrationType !== 'HTTP_PROXY' && IntegrationType !== 'AWS_PROXY') {
    throw badRequest(`HTTP APIs only support HTTP_PROXY and AWS_PROXY integrations, not ${IntegrationType}`);
  }
  if (TimeoutInMillis < 50 || TimeoutInMillis > LONGEST_TIMEOUT) {
    throw badRequest(`Timeout should be between 50 ms and ${LONGEST_TIMEOUT} ms`);
  }
  if (IntegrationType === 'AWS_PROXY' && integration.IntegrationSubtype !== undefined) {
    throw badRequest('this local AWS has no integrations with services other than Lambda');
  }
  if (ConnectionType !== 'VPC_LINK') return;
  if (!ConnectionId.includes('${') && !apis.privateLinks.has(ConnectionId)) {
    throw badRequest(`VpcLink with ID ${ConnectionId} does not exist`);
  }
  if (!/:listener\/(app|net)\//.test(IntegrationUri)) {
    throw badRequest(
      'For VpcLink integrations, the integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    );
  }
}
