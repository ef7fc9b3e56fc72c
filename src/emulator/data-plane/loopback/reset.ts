import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { carrierOf } from '../tls/carrier.ts';

/** Ends a connection at once: its peer sees a reset. */
export function reset(socket: Socket): void {
  const carrier = carrierOf(socket);
  if (carrier instanceof TLSSocket) carrier.destroy();
  else if (!carrier.destroyed) carrier.resetAndDestroy();
  if (socket !== carrier) socket.destroy();
}

/** Errors of a socket are seen as its end; nobody else listens for them. */
export function ignoreErrors(socket: Socket): void {
  socket.on('error', () => {});
}
