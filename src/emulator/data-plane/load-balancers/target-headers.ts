import type { IncomingMessage } from 'node:http';
import {
  appended,
  endToEnd,
  type HeaderPairs,
  headerPairs,
  rawHeaders,
  replaced,
  without,
} from '../header-pairs.ts';
import { isEncrypted } from '../tls/listener-tls.ts';
import { traced } from '../trace-id.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';

/** The headers that a target gets, raw: the client's, and who the client is and how it came. */
export function targetHeaders(
  { cell, loopback, listener, random }: NodeListener,
  request: IncomingMessage,
): string[] {
  const client = loopback.peer(request.socket)?.address ?? OUTSIDE;
  let pairs = without(endToEnd(headerPairs(request.rawHeaders)), 'expect');
  pairs = appended(pairs, 'X-Forwarded-For', client);
  pairs = replaced(pairs, 'X-Forwarded-Proto', isEncrypted(listener) ? 'https' : 'http');
  pairs = replaced(pairs, 'X-Forwarded-Port', String(listener.port));
  return rawHeaders([...traced(pairs, cell.clock, random), ...framing(request)]);
}

/** How the target learns where the body ends, where no length says so. */
function framing({ headers, method }: IncomingMessage): HeaderPairs {
  if (headers['transfer-encoding'] !== undefined) return [['Transfer-Encoding', 'chunked']];
  const isWithoutLength = headers['content-length'] === undefined;
  return isWithoutLength && ['POST', 'PUT', 'PATCH'].includes(method ?? '') ? [['Content-Length', '0']] : [];
}
