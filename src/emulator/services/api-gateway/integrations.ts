import type { APIGateway, Integration, Method, PutIntegrationRequest } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { badRequest, notFound } from './errors.ts';
import { findIntegration, findMethod } from './lookup.ts';

const LONGEST_TIMEOUT = 29_000;

export const integrations: Operations<APIGateway> = {
  PutIntegration(input, { cell }) {
    const { restApiId, resourceId = '', httpMethod, ...settings } = input;
    const method = findMethod(cell, { restApiId, resourceId, httpMethod });
    requireTarget(cell, settings);
    method.methodIntegration = toIntegration(settings, method, resourceId);
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

type Settings = Omit<PutIntegrationRequest, 'restApiId' | 'resourceId' | 'httpMethod'>;

/** @throws AwsError `BadRequestException` */
export function toIntegration(settings: Settings, method: Method, resourceId: string): Integration {
  validate(settings, method);
  const { integrationHttpMethod, ...others } = settings;
  return {
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: LONGEST_TIMEOUT,
    cacheNamespace: resourceId,
    cacheKeyParameters: [],
    ...others,
    ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }),
  };
}

/** A link of the second version leads to many load balancers: an integration says to which. */
function requireTarget({ apis }: Cell, { connectionId = '', integrationTarget }: Settings): void {
  if (apis.privateLinks.has(connectionId) && !integrationTarget) {
    throw badRequest('Integration target must be specified for a VPC link V2: the ARN of an ALB or NLB');
  }
}

function validate(input: Settings, method: Method): void {
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
