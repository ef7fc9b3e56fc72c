import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Method } from '@aws-sdk/client-api-gateway';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { alphanumeric, type Random, uuid } from '../../core/random.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import type { Deployment, RestApi, Stage } from '../../world/apis/rest-api.ts';
import { headerPairs, rawHeaders } from '../header-pairs.ts';
import { traced } from '../trace-id.ts';
import { apiAddress } from './api-address.ts';
import type { ApiRequest } from './api-request.ts';
import type { Endpoints } from './endpoint.ts';
import {
  forbidden,
  type GatewayAnswer,
  internalError,
  missingAuthenticationToken,
  notImplemented,
  tooLong,
  unauthorized,
} from './gateway-answer.ts';
import { serveHttpApi } from './http-api/serve.ts';
import { httpProxy } from './http-proxy.ts';
import { mock } from './mock.ts';
import { readBody } from './read-body.ts';
import { matchResource, methodOf } from './resource-matching.ts';
import { stageAddress } from './stage-address.ts';

export interface ApiServerOptions {
  /** Whose APIs are served. */
  cells: Iterable<Cell>;
  endpoints: Endpoints;
  /** What integrations are timed out by: endpoints answer in real time. */
  clock: Clock;
  random: Random;
}

/** API Gateway's front: serves the deployments of REST APIs under the names of their stages. */
export function apiServer(options: ApiServerOptions): Server {
  return createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    const requestId = uuid(options.random);
    answer(options, request, requestId).then(
      (result) => send(options, { request, response, requestId }, result),
      () => send(options, { request, response, requestId }, internalError()),
    );
  });
}

async function answer(
  options: ApiServerOptions,
  request: IncomingMessage,
  requestId: string,
): Promise<GatewayAnswer> {
  const [host, url] = [request.headers.host ?? '', request.url ?? '/'];
  const called = apiAddress(host, url);
  const httpApi = called && findHttpApi(options.cells, called.apiId);
  if (httpApi) return serveHttpApi(options, httpApi, request, { ...called, requestId });
  const address = stageAddress(host, url);
  const deployed = address && findDeployed(options.cells, address.apiId, address.stageName);
  if (!address || !deployed) return forbidden();
  const httpMethod = request.method ?? 'GET';
  const matched = matchResource(deployed.deployment.resources, address.path, httpMethod);
  const method = matched && methodOf(matched.resource, httpMethod);
  if (!matched || !method?.methodIntegration) return missingAuthenticationToken();
  const refusal = authorize(method);
  if (refusal) return refusal;
  const body = await readBody(request);
  if (body === 'too-long') return tooLong();
  return integrate(options, {
    ...deployed,
    ...matched,
    method,
    integration: method.methodIntegration,
    requestId,
    httpMethod,
    path: address.path,
    query: address.query,
    headers: traced(headerPairs(request.rawHeaders), options.clock, options.random),
    body,
    sourceIp: request.socket.remoteAddress ?? '',
    port: request.socket.localPort ?? 0,
  });
}

function findHttpApi(cells: Iterable<Cell>, apiId: string): { cell: Cell; api: HttpApi } | undefined {
  for (const cell of cells) {
    const api = cell.apis.httpApis.get(apiId);
    if (api) return { cell, api };
  }
  return undefined;
}

function findDeployed(
  cells: Iterable<Cell>,
  apiId: string,
  stageName: string,
): { cell: Cell; api: RestApi; stage: Stage; deployment: Deployment } | undefined {
  for (const cell of cells) {
    const api = cell.apis.restApis.get(apiId);
    const stage = api?.stages.get(stageName);
    const deployment = api?.deployments.get(stage?.deploymentId ?? '');
    if (api && stage && deployment && !api.settings.disableExecuteApiEndpoint)
      return { cell, api, stage, deployment };
  }
  return undefined;
}

/** Nobody can sign in to this local AWS: a method that asks for it refuses everybody. */
function authorize({ authorizationType, apiKeyRequired }: Method): GatewayAnswer | undefined {
  if (authorizationType === 'AWS_IAM') return missingAuthenticationToken();
  if (authorizationType !== undefined && authorizationType !== 'NONE') return unauthorized();
  return apiKeyRequired ? forbidden() : undefined;
}

async function integrate(
  { endpoints, clock }: ApiServerOptions,
  request: ApiRequest,
): Promise<GatewayAnswer> {
  const { type } = request.integration;
  if (type === 'HTTP_PROXY') return httpProxy(request, endpoints, clock);
  return type === 'MOCK' ? mock(request) : notImplemented(`the integration type ${type}`);
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
}

function send(
  { random }: ApiServerOptions,
  { request, response, requestId }: Exchange,
  answer: GatewayAnswer,
): void {
  const headers = [
    ...answer.headers,
    ['x-amzn-RequestId', requestId],
    ['x-amz-apigw-id', `${alphanumeric(random, 15)}=`],
    ['Content-Length', String(answer.body.length)],
  ] as const;
  response.writeHead(answer.status, rawHeaders(headers));
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
