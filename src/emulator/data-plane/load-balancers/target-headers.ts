import type { IncomingMessage } from 'node:http';
import { changed, endToEnd, type HeaderPairs, headerPairs, listed, rawHeaders } from '../header-pairs.ts';
import { isEncrypted } from '../tls/listener-tls.ts';
import { traced } from '../trace-id.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';

/** The headers that a target gets, raw: the client's, and who the client is and how it came. */
export function targetHeaders(
  { cell, loopback, listener, random }: NodeListener,
  request: IncomingMessage,
): string[] {
  const client = loopback.peer(request.socket)?.address ?? OUTSIDE;
  const received = headerPairs(request.rawHeaders);
  const pairs = changed(endToEnd(received), {
    Expect: undefined,
    'X-Forwarded-For': listed(received, 'X-Forwarded-For', client),
    'X-Forwarded-Proto': isEncrypted(listener) ? 'https' : 'http',
    'X-Forwarded-Port': String(listener.port),
  });
  return rawHeaders([...traced(pairs, cell.clock, random), ...framing(request)]);
}

/** How the target learns where the body ends, where no length says so. */
function framing({ headers, method }: IncomingMessage): HeaderPairs {
  if (headers['transfer-encoding'] !== undefined) return [['Transfer-Encoding', 'chunked']];
  const isWithoutLength = headers['content-length'] === undefined;
  return isWithoutLength && ['POST', 'PUT', 'PATCH'].includes(method ?? '') ? [['Content-Length', '0']] : [];
}
