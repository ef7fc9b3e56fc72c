import { Socket } from 'node:net';

/** A connection that comes to nothing, as its holder sees a moment later. */
export function failing(code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT', to: string): Socket {
  const socket = new Socket();
  const error = Object.assign(new Error(`connect ${code} ${to}`), { code });
  setImmediate(() => socket.destroy(error));
  return socket;
}
