import type { APIGateway, Method, PutIntegrationRequest } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import { badRequest, notFound } from './errors.ts';
import { findIntegration, findMethod } from './lookup.ts';

const LONGEST_TIMEOUT = 29_000;

export const integrations: Operations<APIGateway> = {
  PutIntegration(input, { cell }) {
    const { restApiId, resourceId, httpMethod, integrationHttpMethod, ...settings } = input;
    const method = findMethod(cell, { restApiId, resourceId, httpMethod });
    validate(input, method);
    method.methodIntegration = {
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: LONGEST_TIMEOUT,
      cacheNamespace: resourceId,
      cacheKeyParameters: [],
      ...settings,
      ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }),
    };
    return method.methodIntegration;
  },
  GetIntegration(input, { cell }) {
    return findIntegration(cell, input);
  },
  DeleteIntegration(input, { cell }) {
    findIntegration(cell, input);
    findMethod(cell, input).methodIntegration = undefined;
    return {};
  },
  PutIntegrationResponse({ restApiId, resourceId, httpMethod, statusCode = '', ...settings }, { cell }) {
    const id = { restApiId, resourceId, httpMethod };
    const integration = findIntegration(cell, id);
    if (!findMethod(cell, id).methodResponses?.[statusCode])
      throw notFound('Invalid Response status code specified');
    const response = { statusCode, ...settings };
    integration.integrationResponses = { ...integration.integrationResponses, [statusCode]: response };
    return response;
  },
  GetIntegrationResponse({ statusCode = '', ...id }, { cell }) {
    const response = findIntegration(cell, id).integrationResponses?.[statusCode];
    if (!response) throw notFound('Invalid Response status code specified');
    return response;
  },
  DeleteIntegrationResponse({ statusCode = '', ...id }, { cell }) {
    delete findIntegration(cell, id).integrationResponses?.[statusCode];
    return {};
  },
};

function validate(input: PutIntegrationRequest, method: Method): void {
  const {
    type,
    integrationHttpMethod,
    uri = '',
    timeoutInMillis = LONGEST_TIMEOUT,
    requestParameters = {},
  } = input;
  if (timeoutInMillis < 50 || timeoutInMillis > LONGEST_TIMEOUT) {
    throw badRequest(`Timeout should be between 50 ms and ${LONGEST_TIMEOUT} ms`);
  }
  if (type !== 'MOCK' && !integrationHttpMethod) {
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  }
  if (type?.startsWith('HTTP') && !/^https?:\/\/.|^\$\{stageVariables\./.test(uri)) {
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
  if (input.connectionType === 'VPC_LINK' && !input.connectionId) {
    throw badRequest('Connection Id must be specified when the connection type is VPC_LINK');
  }
  const undeclared = Object.values(requestParameters).filter(
    (source) => source.startsWith('method.request.') && method.requestParameters?.[source] === undefined,
  );
  if (undeclared.length > 0) {
    const errors = undeclared.map((source) => `Invalid mapping expression parameter specified: ${source}`);
    throw badRequest(
      `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`,
    );
  }
}
