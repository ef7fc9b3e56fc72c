import type { Server, Socket } from 'node:net';
import { type HttpHandler, ServerConnection } from './server-connection.ts';

/** Serves HTTP over what a server of TCP or TLS accepts. */
export interface HttpServer {
  /** Ends the connections that wait for a request of which nothing has come. */
  closeIdle(): void;
}

/** The server is one that leaves connections half open: clients may end their side once they have asked. */
export function serveHttp(
  server: Server,
  event: 'connection' | 'secureConnection',
  handler: HttpHandler,
): HttpServer {
  const connections = new Map<Socket, ServerConnection>();
  server.on(event, (socket: Socket) => {
    if (socket.destroyed) return;
    connections.set(socket, new ServerConnection(socket, handler));
    socket.once('close', () => connections.delete(socket));
  });
  return {
    closeIdle() {
      for (const [socket, connection] of connections) if (connection.isIdle) socket.destroy();
    },
  };
}
