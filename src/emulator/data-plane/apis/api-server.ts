import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { alphanumeric, type Random, uuid } from '../../core/random.ts';
import { rawHeaders } from '../header-pairs.ts';
import { apiAddress } from './api-address.ts';
import type { Endpoints } from './endpoint.ts';
import { forbidden, type GatewayAnswer, internalError } from './gateway-answer.ts';
import { handOver } from './hand-over.ts';
import { serveHttpApi } from './http-api/serve.ts';
import { serveRestApi } from './rest-api/serve.ts';
import { stageAddress } from './stage-address.ts';
import { serveConnections } from './web-socket/connections-api.ts';
import { serveWebSocket, type Upgrade, type WebSocketStage } from './web-socket/serve.ts';

export interface ApiServerOptions {
  /** Whose APIs are served. */
  cells: Iterable<Cell>;
  endpoints: Endpoints;
  /** What integrations are timed out by: endpoints answer in real time. */
  clock: Clock;
  random: Random;
}

/** API Gateway's front: serves the deployments of APIs of all kinds under the names of their stages. */
export function apiServer(options: ApiServerOptions): Server {
  const settings = { keepAliveTimeout: 60_000, requestTimeout: 0 };
  const serve: RequestListener = (request, response) => {
    const requestId = uuid(options.random);
    answer(options, request, requestId).then(
      (result) => send(options, { request, response, requestId }, result),
      () => send(options, { request, response, requestId }, internalError()),
    );
  };
  const server = createServer(settings, serve);
  const withoutUpgrades = createServer(settings, serve);
  server.on('upgrade', (message, socket, head) => {
    const upgrade = { message, socket: socket as Socket, head };
    const asked = webSocketApi(options.cells, message);
    if (!asked) return handOver(upgrade, withoutUpgrades);
    socket.on('error', () => socket.destroy());
    const requestId = uuid(options.random);
    serveWebSocket(options, asked, upgrade).then(
      (result) => result && decline(options, upgrade, requestId, result),
      () => decline(options, upgrade, requestId, internalError()),
    );
  });
  return server;
}

/** Only WebSocket APIs change protocols: by all others, such a request is answered as if it had not asked to. */
function webSocketApi(
  cells: Iterable<Cell>,
  { headers, url = '/' }: IncomingMessage,
): WebSocketStage | undefined {
  const address = stageAddress(apiAddress(headers.host ?? '', url));
  for (const cell of address ? cells : []) {
    const api = cell.apis.httpApis.get(address?.apiId ?? '');
    if (address && api?.settings.ProtocolType === 'WEBSOCKET') return { cell, api, address };
  }
  return undefined;
}

/** The socket is no longer the server's, which would have sent the answer and kept the connection. */
function decline(
  options: ApiServerOptions,
  { message, socket }: Upgrade,
  requestId: string,
  result: GatewayAnswer,
): void {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => socket.end());
  send(options, { request: message, response, requestId }, result);
}

async function answer(
  options: ApiServerOptions,
  request: IncomingMessage,
  requestId: string,
): Promise<GatewayAnswer> {
  const address = apiAddress(request.headers.host ?? '', request.url ?? '/');
  const inStage = stageAddress(address);
  for (const cell of address ? options.cells : []) {
    const httpApi = cell.apis.httpApis.get(address?.apiId ?? '');
    if (inStage && httpApi?.settings.ProtocolType === 'WEBSOCKET') {
      return serveConnections({ cell, api: httpApi }, request, inStage);
    }
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
