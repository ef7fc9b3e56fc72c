import type { ExchangeEvents } from '../http/client-exchange.ts';
import type { ConnectionPool } from '../http/connection-pool.ts';
import { responseHead } from '../http/head.ts';
import type { HttpResponse } from '../http/http-response.ts';
import { discard } from '../http/incoming-body.ts';
import { passBody } from '../http/pass-body.ts';
import type { HttpRequest } from '../http/server-connection.ts';
import { splice } from '../loopback/splice.ts';
import type { ToTarget } from './decision.ts';
import type { NodeListener } from './node-listener.ts';
import { closeIfLeaving, errorPage, send } from './own-response.ts';
import { targetHeaders } from './target-headers.ts';

/** A request on its way to a target. */
export interface Relayed {
  context: NodeListener;
  targets: ConnectionPool<ToTarget>;
  request: HttpRequest;
  to: ToTarget;
}

/** Sends the request on and the answer back, neither ever held whole; 502 and 504 stand for no answer. */
export function relay(relayed: Relayed, response: HttpResponse): void {
  const { context, targets, request, to } = relayed;
  const { method, target } = request;
  const headers = targetHeaders(context, request);
  const upstream = targets.take(to).send({ method, target, headers }, answering(relayed, response));
  response.events = { gone: () => upstream.abort() };
  passBody(request.body, upstream);
}

function answering({ context, request, to }: Relayed, response: HttpResponse): ExchangeEvents {
  return {
    drained: () => request.body.resume(),
    response({ status, reason, headers }, body) {
      closeIfLeaving(response, context.node);
      response.begin(status, reason, [...headers, ...to.cookies(headers)]);
      response.events.drained = () => body.resume();
      passBody(body, response);
    },
    failed(error) {
      request.body.read(discard);
      send(response, errorPage(error.code === 'ETIMEDOUT' ? 504 : 502), context.node);
    },
    upgraded: request.upgrade === undefined ? undefined : changing(request, to, response),
  };
}

/** From then on bytes flow both ways (WebSocket). */
function changing(
  { socket: client }: HttpRequest,
  to: ToTarget,
  response: HttpResponse,
): NonNullable<ExchangeEvents['upgraded']> {
  return ({ reason, headers }, socket, rest) => {
    const begun = response.takeOver();
    client.write(responseHead(101, reason, [...headers, ...to.cookies(headers)]));
    client.write(rest);
    socket.write(begun);
    splice(client, socket);
  };
}
