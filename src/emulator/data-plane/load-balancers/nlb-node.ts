import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { isServed, zoneFor } from '../../world/load-balancing/routing.ts';
import { type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import { openConnections } from '../loopback/connections.ts';
import { ignoreErrors, reset } from '../loopback/reset.ts';
import { splice } from '../loopback/splice.ts';
import { carrierOf, knowCarriers } from '../tls/carrier.ts';
import { isEncrypted, listenerTls } from '../tls/listener-tls.ts';
import { dialTarget } from './dial-target.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';

interface Flow {
  client: Socket;
  group: TargetGroup;
  target: string;
}

/** A node of a network load balancer: TCP connections go on to a target, those of TLS listeners in the clear or anew. */
export function nlbNode(context: NodeListener): Served {
  const { cell, loopback, balancer, listener, node } = context;
  const sockets = { allowHalfOpen: true, noDelay: true };
  const server = isEncrypted(listener)
    ? createTlsServer({ ...sockets, ...listenerTls(context) })
    : createServer(sockets);
  const connections = openConnections(server);
  const flows = new Set<Flow>();

  // Runs in the tick of the accept, before a byte is read; for TLS, before the handshake.
  server.on('connection', (client: Socket) => {
    if (!isAdmitted(context, loopback.peer(client), loopback.passage(client))) reset(client);
    else client.setTimeout(idleTimeout(context), () => reset(client));
  });
  if (isEncrypted(listener)) {
    knowCarriers(server);
    server.on('tlsClientError', (_error, client) => client.destroy());
    server.on('secureConnection', forward);
  } else {
    server.on('connection', forward);
  }

  function forward(client: Socket): void {
    if (client.destroyed) return;
    ignoreErrors(client);
    const dialled = dialTarget(context, client);
    if (!dialled) {
      reset(client);
      return;
    }
    const { group, target, upstream } = dialled;
    splice(client, upstream);
    const flow = { client, group, target: targetKey(target.id, target.port) };
    flows.add(flow);
    carrierOf(client).once('close', () => flows.delete(flow));
  }

  /**
   * Flows outlive the registration of their target unless the group says otherwise; not its health, where the group
   * says so (the default of AWS) and others are healthy.
   */
  function isToBeCut({ group, target }: Flow): boolean {
    const held = group.registrations.get(target);
    if (!held) return isSet(group, 'deregistration_delay.connection_termination.enabled');
    if (held.state !== 'unhealthy') return false;
    const zone = zoneFor(balancer, group, node.interface.availabilityZone);
    return (
      isSet(group, 'target_health_state.unhealthy.connection_termination.enabled') &&
      isServed(cell, group, zone)
    );
  }

  return {
    server,
    admits: (peer, passage) => isAdmitted(context, peer, passage),
    review() {
      for (const flow of flows) if (isToBeCut(flow)) reset(flow.client);
    },
    close() {
      server.close();
      for (const client of connections) reset(client);
    },
  };
}

function isSet(group: TargetGroup, attribute: string): boolean {
  return group.attributes.get(attribute) === 'true';
}

function idleTimeout({ listener }: NodeListener): number {
  return Number(listener.attributes.get('tcp.idle_timeout.seconds') ?? 350) * 1000;
}
