import { changed, endToEnd, firstValue, type HeaderPairs, listed } from '../http/header-pairs.ts';
import type { HttpRequest } from '../http/server-connection.ts';
import { isEncrypted } from '../tls/listener-tls.ts';
import { traced } from '../trace-id.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';

/** The headers that a target gets: the client's, and who the client is and how it came. */
export function targetHeaders(
  { cell, loopback, listener, random, address }: NodeListener,
  request: HttpRequest,
): HeaderPairs {
  const client = loopback.peer(request.socket)?.address ?? OUTSIDE;
  const { headers: received, upgrade } = request;
  const pairs = changed(endToEnd(received), {
    Expect: undefined,
    // One that HTTP/1.0 may lack is the node's address.
    Host: firstValue(received, 'host') ?? address,
    'X-Forwarded-For': listed(received, 'X-Forwarded-For', client),
    'X-Forwarded-Proto': isEncrypted(listener) ? 'https' : 'http',
    'X-Forwarded-Port': String(listener.port),
  });
  return [
    ...traced(pairs, cell.clock, random),
    ...framing(request),
    ...(upgrade === undefined ? [] : asking(upgrade)),
  ];
}

/** How the target learns where the body ends, where no length says so. */
function framing({ headers, method }: HttpRequest): HeaderPairs {
  if (firstValue(headers, 'transfer-encoding') !== undefined) return [['Transfer-Encoding', 'chunked']];
  const isWithoutLength = firstValue(headers, 'content-length') === undefined;
  return isWithoutLength && ['POST', 'PUT', 'PATCH'].includes(method) ? [['Content-Length', '0']] : [];
}

/** Whether the protocol changes is for the target to say. */
function asking(protocol: string): HeaderPairs {
  return [
    ['Connection', 'Upgrade'],
    ['Upgrade', protocol],
  ];
}
