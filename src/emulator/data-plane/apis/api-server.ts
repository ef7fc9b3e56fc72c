import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { alphanumeric, type Random, uuid } from '../../core/random.ts';
import { rawHeaders } from '../header-pairs.ts';
import { apiAddress } from './api-address.ts';
import type { Endpoints } from './endpoint.ts';
import { forbidden, type GatewayAnswer, internalError } from './gateway-answer.ts';
import { serveHttpApi } from './http-api/serve.ts';
import { serveRestApi } from './rest-api/serve.ts';
import { stageAddress } from './stage-address.ts';

export interface ApiServerOptions {
  /** Whose APIs are served. */
  cells: Iterable<Cell>;
  endpoints: Endpoints;
  /** What integrations are timed out by: endpoints answer in real time. */
  clock: Clock;
  random: Random;
}

/** API Gateway's front: serves the deployments of REST and HTTP APIs under the names of their stages. */
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
  const address = apiAddress(host, url);
  const inStage = stageAddress(host, url);
  for (const cell of address ? options.cells : []) {
    const httpApi = cell.apis.httpApis.get(address?.apiId ?? '');
    if (address && httpApi) {
      return serveHttpApi(options, { cell, api: httpApi }, request, { ...address, requestId });
    }
    const restApi = cell.apis.restApis.get(address?.apiId ?? '');
    if (inStage && restApi) {
      return serveRestApi(options, { cell, api: restApi }, request, { ...inStage, requestId });
    }
  }
  return forbidden();
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
