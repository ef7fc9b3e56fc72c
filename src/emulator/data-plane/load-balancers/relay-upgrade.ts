import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { endToEnd, headerPairs } from '../header-pairs.ts';
import { splice } from '../loopback/splice.ts';
import { asBytes, errorPage, responseHead } from './own-response.ts';
import { failureStatus, openUpstream, type Relayed } from './relay.ts';
import { targetHeaders } from './target-headers.ts';

/** Takes a request to change protocols (WebSocket) to the target; if it agrees, bytes flow both ways from then on. */
export function relayUpgrade(relayed: Relayed, client: Socket, head: Buffer): void {
  const { context, request, to } = relayed;
  const protocol = request.headers.upgrade ?? '';
  const headers = [...targetHeaders(context, request), 'Connection', 'Upgrade', 'Upgrade', protocol];
  const upstream = openUpstream(relayed, headers);
  upstream.on('upgrade', (answer, socket, upstreamHead) => {
    const own = headerPairs(answer.rawHeaders);
    client.write(responseHead(101, answer.statusMessage ?? '', [...own, ...to.cookies(own)]));
    client.write(upstreamHead);
    socket.setTimeout(0);
    socket.write(head);
    splice(client, socket as Socket);
  });
  upstream.on('response', (answer) => decline(answer, client));
  upstream.on('error', (error) => client.end(asBytes(errorPage(failureStatus(error)))));
  client.once('close', () => upstream.destroy());
  upstream.end();
}

/** A target that keeps to HTTP answers as usual, and the connection ends with its answer. */
function decline(answer: IncomingMessage, client: Socket): void {
  const headers = [...endToEnd(headerPairs(answer.rawHeaders)), ['Connection', 'close']] as const;
  client.write(responseHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headers));
  answer.pipe(client);
}
