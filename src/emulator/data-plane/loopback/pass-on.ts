import type { Server, Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { Peer } from '../../world/network/peer.ts';
import { knowCarriers } from '../tls/carrier.ts';
import { openConnections } from './connections.ts';
import { failing } from './in-memory.ts';
import type { Caller, Loopback, Passage } from './loopback.ts';
import { cut, ignoreErrors, reset } from './reset.ts';
import { splice } from './splice.ts';

export interface PassingOn {
  loopback: Loopback;
  /** Allows half open connections. */
  server: Server;
  /** Whether a peer gets through to it. */
  admits(peer: Peer | undefined, passage?: Passage): boolean;
  /** The connection that a caller's goes on by; undefined where there is none to be had. */
  dial(caller: Caller): Socket | undefined;
}

export interface PassedOn {
  server: Server;
  admits(peer: Peer | undefined, passage?: Passage): boolean;
  /** What a caller of this process gets; undefined where the server terminates TLS. */
  onward: ((caller: Caller) => Socket) | undefined;
  /** Stops listening and breaks every connection. */
  close(): void;
}

/**
 * Passes connections on without a look into them. Those that come over a socket are copied. A caller of this process
 * gets the onward connection itself, as with a network load balancer of AWS, which has no end of a connection in its
 * hands: it gives packets other addresses. And it spares this machine a copy of every byte.
 */
export function passOn({ loopback, server, admits, dial }: PassingOn): PassedOn {
  const connections = openConnections(server);
  const dialled = new Set<Socket>();
  const isTls = server instanceof TlsServer;

  function follow(caller: Caller): Socket | undefined {
    const socket = dial(caller);
    if (!socket) return undefined;
    ignoreErrors(socket);
    dialled.add(socket);
    socket.once('close', () => dialled.delete(socket));
    return socket;
  }

  /** There is one attempt: to go to the server for another would be to choose a second time. */
  function onward(caller: Caller): Socket {
    return follow(caller) ?? failing('ECONNRESET', 'nobody behind');
  }

  // Runs in the tick of the accept, before a byte is read; for TLS, before the handshake.
  server.on('connection', (client: Socket) => {
    const { from, passage } = loopback.caller(client);
    if (!admits(from, passage)) reset(client);
  });
  server.on(isTls ? 'secureConnection' : 'connection', (client: Socket) => {
    if (client.destroyed) return;
    ignoreErrors(client);
    const upstream = follow(loopback.caller(client));
    if (upstream) splice(client, upstream);
    else reset(client);
  });
  if (isTls) {
    knowCarriers(server);
    server.on('tlsClientError', (_error, client: Socket) => client.destroy());
  }

  return {
    server,
    admits,
    onward: isTls ? undefined : onward,
    close() {
      server.close();
      for (const connection of connections) reset(connection);
      for (const socket of dialled) cut(socket);
    },
  };
}
