import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import { badRequest, conflict, notFound } from './errors.ts';
import { findMethod, findResource } from './lookup.ts';

const HTTP_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];

export const methods: Operations<APIGateway> = {
  PutMethod({ restApiId, resourceId, httpMethod = '', apiKeyRequired = false, ...settings }, { cell }) {
    const resource = findResource(cell, { restApiId, resourceId });
    if (!HTTP_METHODS.includes(httpMethod)) {
      throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`);
    }
    if (resource.methods.has(httpMethod)) throw conflict('Method already exists for this resource');
    const method = { httpMethod, apiKeyRequired, ...settings };
    resource.methods.set(httpMethod, method);
    return method;
  },
  GetMethod(input, { cell }) {
    return findMethod(cell, input);
  },
  DeleteMethod(input, { cell }) {
    findMethod(cell, input);
    findResource(cell, input).methods.delete(input.httpMethod ?? '');
    return {};
  },
  PutMethodResponse({ restApiId, resourceId, httpMethod, statusCode = '', ...settings }, { cell }) {
    const method = findMethod(cell, { restApiId, resourceId, httpMethod });
    if (method.methodResponses?.[statusCode]) throw conflict('Response already exists for this resource');
    const response = { statusCode, ...settings };
    method.methodResponses = { ...method.methodResponses, [statusCode]: response };
    return response;
  },
  GetMethodResponse({ statusCode = '', ...id }, { cell }) {
    const response = findMethod(cell, id).methodResponses?.[statusCode];
    if (!response) throw notFound('Invalid Response status code specified');
    return response;
  },
  DeleteMethodResponse({ statusCode = '', ...id }, { cell }) {
    delete findMethod(cell, id).methodResponses?.[statusCode];
    return {};
  },
};
