import type { Socket } from 'node:net';

/** Ends a connection at once: its peer sees a reset. */
export function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}

/** Errors of a socket are seen as its end; nobody else listens for them. */
export function ignoreErrors(socket: Socket): void {
  socket.on('error', () => {});
}
