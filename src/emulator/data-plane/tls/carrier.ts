import type { Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { socketName } from '../loopback/socket-address.ts';

const carriers = new WeakMap<Socket, Socket>();

/** The connection that carries an encrypted one; any other carries itself. */
export function carrierOf(socket: Socket): Socket {
  return carriers.get(socket) ?? socket;
}

export function carriedBy(encrypted: TLSSocket, carrier: Socket): TLSSocket {
  carriers.set(encrypted, carrier);
  return encrypted;
}

/** Learns the carriers of what a TLS server accepts: it hands out the two apart, alike in their peer. */
export function knowCarriers(server: Server): void {
  const waiting = new Map<string, Socket>();
  server.on('connection', (carrier: Socket) => {
    const name = peerName(carrier);
    waiting.set(name, carrier);
    carrier.once('close', () => {
      if (waiting.get(name) === carrier) waiting.delete(name);
    });
  });
  server.on('secureConnection', (encrypted: TLSSocket) => {
    const name = peerName(encrypted);
    const carrier = waiting.get(name);
    waiting.delete(name);
    if (carrier) carriedBy(encrypted, carrier);
  });
}

function peerName({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return socketName({ address: remoteAddress, port: remotePort });
}
