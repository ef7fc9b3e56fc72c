import type { APIGateway, GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import { notFound } from './errors.ts';
import { findRestApi } from './lookup.ts';

const ORDINARY: Pick<GatewayResponse, 'responseTemplates'> = {
  responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
};

export const gatewayResponses: Operations<APIGateway> = {
  PutGatewayResponse({ restApiId, ...settings }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const response: GatewayResponse = { ...ORDINARY, ...settings, defaultResponse: false };
    api.gatewayResponses.set(settings.responseType ?? '', response);
    return response;
  },
  GetGatewayResponse({ restApiId, responseType }, { cell }) {
    const own = findRestApi(cell, restApiId).gatewayResponses.get(responseType ?? '');
    return own ?? { ...ORDINARY, responseType, responseParameters: {}, defaultResponse: true };
  },
  GetGatewayResponses({ restApiId }, { cell }) {
    return { items: [...findRestApi(cell, restApiId).gatewayResponses.values()] };
  },
  DeleteGatewayResponse({ restApiId, responseType = '' }, { cell }) {
    if (!findRestApi(cell, restApiId).gatewayResponses.delete(responseType)) {
      throw notFound('Gateway response type not defined on api');
    }
    return {};
  },
};
