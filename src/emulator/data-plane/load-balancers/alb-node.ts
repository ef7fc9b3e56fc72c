import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Timer } from '../../clock/clock.ts';
import { loopbackAgent } from '../loopback/agent.ts';
import { openConnections } from '../loopback/connections.ts';
import { reset } from '../loopback/reset.ts';
import { knowCarriers } from '../tls/carrier.ts';
import { isEncrypted, listenerTls } from '../tls/listener-tls.ts';
import { type Decision, decide, type ToTarget } from './decision.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';
import { asBytes, errorPage, send } from './own-response.ts';
import { type Relayed, relay } from './relay.ts';
import { relayUpgrade } from './relay-upgrade.ts';

/**
 * How long clients of a leaving node have to use a kept connection once more, and learn that it is the last time. To
 * close it at once would break the requests just on their way, so it is longer than clients keep one unused.
 */
const FAREWELL_MILLISECONDS = 60_000;

/** A node of an application load balancer: HTTP requests go on to targets as the listener's rules say. */
export function albNode(context: NodeListener): Served {
  const { cell, loopback, balancer, listener, node, address } = context;
  const idle = Number(balancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000;
  const settings = { keepAliveTimeout: idle, requestTimeout: 0 };
  const server = isEncrypted(listener)
    ? createSecureServer({ ...settings, ...listenerTls(context) })
    : createServer(settings);
  const self = { address, vpcId: balancer.vpcId };
  const agents = {
    HTTP: loopbackAgent(loopback, self, { timeout: idle }),
    HTTPS: loopbackAgent(loopback, self, { timeout: idle, encrypts: true }),
  };
  const connections = openConnections(server);

  let farewell: Timer | undefined;

  function decided(request: IncomingMessage): Decision {
    const decision = decide(context, request);
    const { requestCounts } = cell.loadBalancing;
    requestCounts.count(balancer.arn, cell.clock.now());
    if (decision.kind === 'target') requestCounts.count(decision.group.arn, cell.clock.now());
    return decision;
  }

  function relayed(request: IncomingMessage, to: ToTarget): Relayed {
    const agent = to.group.protocol === 'HTTPS' ? agents.HTTPS : agents.HTTP;
    return { context, agent, idle, request, to };
  }

  // Documented nowhere, and the only way: without it a client that closes its side gets no answer any more.
  Object.assign(server, { httpAllowHalfOpen: true });
  if (isEncrypted(listener)) {
    knowCarriers(server);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  // Runs in the tick of the accept, before a byte is read.
  server.on('connection', (socket) => {
    const { from, passage } = loopback.caller(socket);
    if (!isAdmitted(context, from, passage)) reset(socket);
  });
  server.on('request', (request, response) => {
    const decision = decided(request);
    if (decision.kind === 'own') return send(response, decision.answer, node);
    relay(relayed(request, decision), response);
  });
  server.on('upgrade', (request, socket, head) => {
    const decision = decided(request);
    if (decision.kind === 'own') return socket.end(asBytes(decision.answer));
    relayUpgrade(relayed(request, decision), socket as Socket, head);
  });
  server.on('clientError', (_error, socket) => socket.end(asBytes(errorPage(400))));

  return {
    server,
    admits: (peer, passage) => isAdmitted(context, peer, passage),
    review() {
      if (node.phase !== 'leaving') return;
      farewell ??= cell.clock.after(FAREWELL_MILLISECONDS, () => server.closeIdleConnections());
    },
    close() {
      farewell?.cancel();
      server.close();
      agents.HTTP.destroy();
      agents.HTTPS.destroy();
      for (const connection of connections) reset(connection);
    },
  };
}
