import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../../clock/clock.ts';
import type { Cell } from '../../../core/cell.ts';
import { alphanumeric, type Random, uuid } from '../../../core/random.ts';
import type { Connection } from '../../../world/apis/connection.ts';
import type { HttpApi } from '../../../world/apis/http-api.ts';
import { responseHead } from '../../http/head.ts';
import { firstValue } from '../../http/header-pairs.ts';
import type { HttpResponse } from '../../http/http-response.ts';
import type { HttpRequest } from '../../http/server-connection.ts';
import type { Endpoints } from '../endpoint.ts';
import { badGateway, forbidden, type GatewayAnswer } from '../gateway-answer.ts';
import type { StageAddress } from '../stage-address.ts';
import { authorize } from './authorize.ts';
import { routeFor, routeOf } from './choose-route.ts';
import { integrate } from './integrate.ts';
import { acceptKey, type WebSocket, webSocketOver } from './web-socket.ts';
import type { WebSocketClient, WebSocketEvent } from './web-socket-event.ts';

/** How long a connection may be silent, and how long it may last, in milliseconds of the world's clock. */
const IDLE = 10 * 60_000;
const LONGEST = 2 * 3_600_000;

export interface Serving {
  endpoints: Endpoints;
  clock: Clock;
  random: Random;
}

/** What a client asks to connect to. */
export interface WebSocketStage {
  cell: Cell;
  api: HttpApi;
  address: StageAddress;
}

/** Lets a client in, or gives the answer that it gets instead. */
export async function serveWebSocket(
  serving: Serving,
  { cell, api, address }: WebSocketStage,
  { request, response }: { request: HttpRequest; response: HttpResponse },
): Promise<GatewayAnswer | undefined> {
  const stage = api.stages.get(address.stageName);
  const deployment = api.deployments.get(stage?.deploymentId ?? '');
  const { headers, socket } = request;
  const key = firstValue(headers, 'sec-websocket-key');
  if (!stage || !deployment || !key || address.path !== '/') return forbidden();
  const connection = newConnection(serving, { cell, api }, request, stage.name);
  const { query } = address;
  const client = { cell, api, stage, deployment, connection, headers, query, authorizer: undefined };
  const admitted = await admit(serving, client);
  if ('refusal' in admitted) return admitted.refusal;
  const head = response.takeOver();
  socket.write(
    responseHead(101, 'Switching Protocols', [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', acceptKey(key)],
    ]),
  );
  keep(serving, admitted.client, socket, head);
  return undefined;
}

function newConnection(
  { random }: Serving,
  { cell, api }: { cell: Cell; api: HttpApi },
  { socket, headers }: HttpRequest,
  stageName: string,
): Connection {
  const now = cell.clock.now();
  return {
    id: `${alphanumeric(random, 15)}=`,
    apiId: api.id,
    stageName,
    connectedAt: now,
    lastActiveAt: now,
    sourceIp: socket.remoteAddress ?? '',
    userAgent: firstValue(headers, 'user-agent') ?? '',
    send: () => {},
    close: () => {},
  };
}

/** Asks the authorizer and the integration of `$connect`, where there are any. */
async function admit(
  serving: Serving,
  client: WebSocketClient,
): Promise<{ client: WebSocketClient } | { refusal: GatewayAnswer }> {
  const route = routeOf(client, '$connect');
  if (!route) return { client };
  const connecting = {
    ...client,
    type: 'CONNECT' as const,
    route,
    requestId: uuid(serving.random),
    body: '',
  };
  const authorized = await authorize(connecting, serving.clock);
  if ('refusal' in authorized) return authorized;
  const known = { ...client, authorizer: authorized.authorizer };
  const answer = await tell(serving, known, { type: 'CONNECT', route, body: '' });
  if (answer && answer.status >= 200 && answer.status < 300) return { client: known };
  if (!answer || answer.status >= 500) return { refusal: badGateway() };
  return { refusal: { ...answer, headers: [['Content-Type', 'application/json']] } };
}

/** Serves a client from when it is let in until it goes. */
function keep(serving: Serving, client: WebSocketClient, socket: Socket, head: Buffer): void {
  const { cell, connection } = client;
  const { clock, apis } = cell;
  apis.connections.set(connection.id, connection);
  const lasting = clock.after(LONGEST, () => connection.close(1001, 'Going away'));
  let idle: Timer = clock.after(IDLE, () => connection.close(1001, 'Going away'));
  const webSocket: WebSocket = webSocketOver(socket, head, {
    message: (text) => void answer(serving, client, text),
    activity() {
      idle.cancel();
      idle = clock.after(IDLE, () => connection.close(1001, 'Going away'));
      connection.lastActiveAt = clock.now();
    },
    closed(code, reason) {
      idle.cancel();
      lasting.cancel();
      apis.connections.delete(connection.id);
      const route = routeOf(client, '$disconnect');
      const closing = { code, reason };
      if (route) void tell(serving, client, { type: 'DISCONNECT', route, body: '', closing });
    },
  });
  Object.assign(connection, webSocket);
}

/** A client is told only of what failed: answers of integrations go nowhere without a route response. */
async function answer(serving: Serving, client: WebSocketClient, text: string): Promise<void> {
  const { connection } = client;
  const route = routeFor(client, text);
  const told = route && (await tell(serving, client, { type: 'MESSAGE', route, body: text }));
  if (told && told.status < 500) return;
  const message = route ? 'Internal server error' : 'Forbidden';
  const requestId = uuid(serving.random);
  connection.send(JSON.stringify({ message, connectionId: connection.id, requestId }));
}

/** What breaks on the way is an integration that does not answer. */
async function tell(
  serving: Serving,
  client: WebSocketClient,
  event: Pick<WebSocketEvent, 'type' | 'route' | 'body' | 'closing'>,
): ReturnType<typeof integrate> {
  const id = event.route.Target?.replace(/^integrations\//, '') ?? '';
  const integration = client.deployment.integrations.get(id) ?? {};
  const whole = { ...client, ...event, integration, requestId: uuid(serving.random) };
  return integrate(whole, serving).catch(() => undefined);
}
