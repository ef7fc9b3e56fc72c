import type { Server, Socket } from 'node:net';
import { ignoreErrors } from './reset.ts';

/** The connections that a server has open, as they come and go. */
export function openConnections(server: Server): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    ignoreErrors(socket);
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return connections;
}
