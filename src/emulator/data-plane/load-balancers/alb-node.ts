import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Timer } from '../../clock/clock.ts';
import { loopbackAgent } from '../loopback/agent.ts';
import { openConnections } from '../loopback/connections.ts';
import { reset } from '../loopback/reset.ts';
import { decide } from './decision.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';
import { asBytes, errorPage, send } from './own-response.ts';
import { relay } from './relay.ts';
import { relayUpgrade } from './relay-upgrade.ts';

/**
 * How long clients of a leaving node have to use a kept connection once more, and learn that it is the last time. To
 * close it at once would break the requests just on their way.
 */
const FAREWELL_MILLISECONDS = 10_000;

/** A node of an application load balancer: HTTP requests go on to targets as the listener's rules say. */
export function albNode(context: NodeListener): Served {
  const { cell, loopback, balancer, node, address } = context;
  const idle = Number(balancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000;
  const server = createServer({ keepAliveTimeout: idle, requestTimeout: 0 });
  const agent = loopbackAgent(loopback, address, { timeout: idle });
  const connections = openConnections(server);

  let farewell: Timer | undefined;

  // Runs in the tick of the accept, before a byte is read.
  server.on('connection', (socket) => {
    if (!isAdmitted(context, loopback.peerAddress(socket))) reset(socket);
  });
  server.on('request', (request, response) => {
    const decision = decide(context, request);
    if (decision.kind === 'own') return send(response, decision.answer, node);
    relay({ context, agent, idle, request, target: decision.target }, response);
  });
  server.on('upgrade', (request, socket, head) => {
    const decision = decide(context, request);
    if (decision.kind === 'own') return socket.end(asBytes(decision.answer));
    relayUpgrade({ context, agent, idle, request, target: decision.target }, socket as Socket, head);
  });
  server.on('clientError', (_error, socket) => socket.end(asBytes(errorPage(400))));

  return {
    server,
    admits: (peer) => isAdmitted(context, peer),
    review() {
      if (node.phase !== 'leaving') return;
      farewell ??= cell.clock.after(FAREWELL_MILLISECONDS, () => server.closeIdleConnections());
    },
    close() {
      farewell?.cancel();
      server.close();
      agent.destroy();
      for (const connection of connections) reset(connection);
    },
  };
}
