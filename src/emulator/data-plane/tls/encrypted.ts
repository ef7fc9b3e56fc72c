import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { ignoreErrors } from '../loopback/reset.ts';
import { carriedBy } from './carrier.ts';

/** TLS over a connection to a target, half open where that may be; load balancers verify no target's certificate. */
export function encrypted(carrier: Socket): TLSSocket {
  const socket = connect({ socket: carrier, rejectUnauthorized: false });
  carrier.on('error', (error) => socket.destroy(error));
  ignoreErrors(socket);
  return carriedBy(socket, carrier);
}
