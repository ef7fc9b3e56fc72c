import {
  type Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingMessage,
  type ServerResponse,
} from 'node:http';
import { endToEnd, headerPairs, rawHeaders } from '../header-pairs.ts';
import type { ToTarget } from './decision.ts';
import type { NodeListener } from './node-listener.ts';
import { closeIfLeaving, errorPage, send } from './own-response.ts';
import { targetHeaders } from './target-headers.ts';

/** A request on its way to a target. */
export interface Relayed {
  context: NodeListener;
  agent: Agent;
  /** Milliseconds without a byte until the target counts as silent. */
  idle: number;
  request: IncomingMessage;
  to: ToTarget;
}

/** Sends the request on and the answer back, neither ever held whole; 502 and 504 stand for no answer. */
export function relay(relayed: Relayed, response: ServerResponse): void {
  const { context, request, to } = relayed;
  const upstream = openUpstream(relayed, targetHeaders(context, request));
  request.pipe(upstream);
  sendHead(request, upstream);
  upstream.on('response', (answer) => {
    closeIfLeaving(response, context.node);
    const own = headerPairs(answer.rawHeaders);
    const headers = rawHeaders([...endToEnd(own), ...to.cookies(own)]);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    pass(answer, response);
    sendHead(answer, response);
  });
  upstream.on('error', (error) => {
    request.unpipe(upstream).resume();
    if (response.writableEnded) return;
    if (response.headersSent) return void response.destroy();
    send(response, errorPage(failureStatus(error)), context.node);
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
}

/** An answer that breaks off breaks off for the client too. By hand, as a `pipeline` for each costs as much as the rest. */
function pass(answer: IncomingMessage, response: ServerResponse): void {
  answer.pipe(response);
  answer.on('close', () => {
    if (!answer.complete) response.destroy();
  });
  // Written to after its client has gone; what is to be done then is done at its close.
  response.on('error', () => {});
}

/** Sends a head on its way whose body is late: otherwise it goes out together with the body's beginning. */
function sendHead(body: IncomingMessage, onward: OutgoingMessage): void {
  setImmediate(() => {
    if (!body.readableDidRead && !onward.writableEnded && !onward.destroyed) onward.flushHeaders();
  });
}

/** The request towards the target, its head on the way; silence ends it with `ETIMEDOUT`. */
export function openUpstream(
  { agent, idle, request, to }: Relayed,
  headers: readonly string[],
): ClientRequest {
  const { method = 'GET', url = '/' } = request;
  const upstream = httpRequest({
    agent,
    host: to.place.address,
    port: to.place.port,
    method,
    path: url,
    headers,
  });
  return upstream.setTimeout(idle, () => {
    upstream.destroy(Object.assign(new Error('the target does not answer'), { code: 'ETIMEDOUT' }));
  });
}

export function failureStatus(error: NodeJS.ErrnoException): 502 | 504 {
  return error.code === 'ETIMEDOUT' ? 504 : 502;
}
