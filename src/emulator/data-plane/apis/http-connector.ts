import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';

/** Has an HTTP client connect by what dials here, in the clear or not as that decides. */
export function httpConnector(dial: () => Socket): buildConnector.connector {
  return (_options, callback) => {
    const socket = dial();
    const fail = (error: Error): void => callback(error, null);
    socket.once('error', fail);
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail);
      callback(null, socket);
    });
  };
}
