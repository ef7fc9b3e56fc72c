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

/** Breaks a connection from between its ends, of which this is one: both see a reset. */
export function cut(socket: Socket): void {
  if (socket.destroyed) return;
  ignoreErrors(socket);
  reset(socket);
  // Whoever holds it would otherwise see it close as if that had been asked for.
  const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  process.nextTick(() => socket.emit('error', error));
}

/** Errors of a socket are seen as its end; nobody else listens for them. */
export function ignoreErrors(socket: Socket): void {
  socket.on('error', () => {});
}
