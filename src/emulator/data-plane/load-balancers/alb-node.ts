import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Timer } from '../../clock/clock.ts';
import { connectionPool } from '../http/connection-pool.ts';
import { serveHttp } from '../http/http-server.ts';
import { openConnections } from '../loopback/connections.ts';
import { reset } from '../loopback/reset.ts';
import { socketName } from '../loopback/socket-address.ts';
import { knowCarriers } from '../tls/carrier.ts';
import { encrypted } from '../tls/encrypted.ts';
import { isEncrypted, listenerTls } from '../tls/listener-tls.ts';
import { decide, type ToTarget } from './decision.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';
import { asBytes, errorPage, send } from './own-response.ts';
import { relay } from './relay.ts';

/**
 * How long clients of a leaving node have to use a kept connection once more, and learn that it is the last time. To
 * close it at once would break the requests just on their way, so it is longer than clients keep one unused.
 */
const FAREWELL_MILLISECONDS = 60_000;

/** A node of an application load balancer: HTTP requests go on to targets as the listener's rules say. */
export function albNode(context: NodeListener): Served {
  const { cell, loopback, balancer, listener, node, address } = context;
  const idle = Number(balancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000;
  const self = { address, vpcId: balancer.vpcId };
  const sockets = { allowHalfOpen: true, noDelay: true };
  const isTls = isEncrypted(listener);
  const server = isTls ? createTlsServer({ ...sockets, ...listenerTls(context) }) : createServer(sockets);
  const connections = openConnections(server);
  const targets = connectionPool<ToTarget>({
    name: ({ group, place }) => `${group.protocol} ${socketName(place)}`,
    connect({ group, place }) {
      const socket = loopback.connect({ from: self, to: place });
      return group.protocol === 'HTTPS' ? encrypted(socket) : socket;
    },
    idle,
  });
  let farewell: Timer | undefined;

  if (isTls) {
    knowCarriers(server);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }
  // Runs in the tick of the accept, before a byte is read.
  server.on('connection', (socket) => {
    const { from, passage } = loopback.caller(socket);
    if (!isAdmitted(context, from, passage)) reset(socket);
  });
  const http = serveHttp(server, isTls ? 'secureConnection' : 'connection', {
    idle,
    now: () => cell.clock.now(),
    handle(request, response) {
      const decision = decide(context, request);
      const { requestCounts } = cell.loadBalancing;
      requestCounts.count(balancer.arn, cell.clock.now());
      if (decision.kind === 'own') return send(response, decision.answer, node);
      requestCounts.count(decision.group.arn, cell.clock.now());
      relay({ context, targets, request, to: decision }, response);
    },
    refusal: (status) => asBytes(errorPage(status)),
  });

  return {
    server,
    admits: (peer, passage) => isAdmitted(context, peer, passage),
    review() {
      if (node.phase !== 'leaving') return;
      farewell ??= cell.clock.after(FAREWELL_MILLISECONDS, () => http.closeIdle());
    },
    close() {
      farewell?.cancel();
      server.close();
      targets.close();
      for (const connection of connections) reset(connection);
    },
  };
}
