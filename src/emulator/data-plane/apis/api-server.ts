import { STATUS_CODES } from 'node:http';
import { createServer, type Server } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { alphanumeric, type Random, uuid } from '../../core/random.ts';
import { responseHead } from '../http/head.ts';
import { firstValue, without } from '../http/header-pairs.ts';
import type { HttpResponse } from '../http/http-response.ts';
import { serveHttp } from '../http/http-server.ts';
import type { HttpRequest } from '../http/server-connection.ts';
import { apiAddress } from './api-address.ts';
import type { Endpoints } from './endpoint.ts';
import { forbidden, type GatewayAnswer, internalError } from './gateway-answer.ts';
import { serveHttpApi } from './http-api/serve.ts';
import { serveRestApi } from './rest-api/serve.ts';
import { stageAddress } from './stage-address.ts';
import { serveConnections } from './web-socket/connections-api.ts';
import { serveWebSocket, type WebSocketStage } from './web-socket/serve.ts';

export interface ApiServerOptions {
  /** Whose APIs are served. */
  cells: Iterable<Cell>;
  endpoints: Endpoints;
  /** What integrations are timed out by: endpoints answer in real time. */
  clock: Clock;
  random: Random;
}

/** Milliseconds for which a client may be silent. */
const IDLE = 60_000;

/** API Gateway's front: serves the deployments of APIs of all kinds under the names of their stages. */
export function apiServer(options: ApiServerOptions): Server {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  serveHttp(server, 'connection', {
    idle: IDLE,
    now: () => options.clock.now(),
    handle(request, response) {
      const requestId = uuid(options.random);
      const exchange = { request, response, requestId };
      serve(options, exchange)
        .then((result) => result && send(options, exchange, result))
        .catch(() => send(options, exchange, internalError()));
    },
    refusal: (status) => responseHead(status, STATUS_CODES[status] ?? '', [['Connection', 'close']]),
  });
  return server;
}

interface Exchange {
  request: HttpRequest;
  response: HttpResponse;
  requestId: string;
}

/** The answer; undefined where the client has been let in to a WebSocket API. */
async function serve(options: ApiServerOptions, exchange: Exchange): Promise<GatewayAnswer | undefined> {
  const { request, requestId } = exchange;
  const address = apiAddress(firstValue(request.headers, 'host') ?? '', request.target);
  const inStage = stageAddress(address);
  for (const cell of address ? options.cells : []) {
    const httpApi = cell.apis.httpApis.get(address?.apiId ?? '');
    if (inStage && httpApi?.settings.ProtocolType === 'WEBSOCKET') {
      return serveWebSocketApi(options, { cell, api: httpApi, address: inStage }, exchange);
    }
    if (address && httpApi) {
      return serveHttpApi(options, { cell, api: httpApi }, request, { address, requestId });
    }
    const restApi = cell.apis.restApis.get(address?.apiId ?? '');
    if (inStage && restApi) {
      return serveRestApi(options, { cell, api: restApi }, request, { address: inStage, requestId });
    }
  }
  return forbidden();
}

/** By all other APIs, a request to change protocols is answered as if it had not asked to. */
function serveWebSocketApi(
  options: ApiServerOptions,
  asked: WebSocketStage,
  { request, response }: Exchange,
): Promise<GatewayAnswer | undefined> {
  return request.upgrade?.toLowerCase() === 'websocket'
    ? serveWebSocket(options, asked, { request, response })
    : serveConnections(asked, request, asked.address);
}

function send({ random }: ApiServerOptions, { response, requestId }: Exchange, answer: GatewayAnswer): void {
  response.begin(answer.status, undefined, [
    ...without(answer.headers, 'content-length'),
    ['x-amzn-RequestId', requestId],
    ['x-amz-apigw-id', `${alphanumeric(random, 15)}=`],
    ['Content-Length', String(answer.body.length)],
  ]);
  response.end(answer.body);
}
