import type { Peer } from '../../world/network/peer.ts';

/** Where a socket is in the world: an address of a VPC, or outside of all, and a port. */
export interface SocketAddress extends Peer {
  port: number;
}

/** Where it is on this machine. */
export interface Place {
  host: string;
  port: number;
}

/** Ports that an ordinary user may not listen on are moved up by this much. */
const PRIVILEGED_SHIFT = 20_000;

/** Address A.B.C.D lives at 127.B.C.D; ports below 1024 at 20000 and the port. */
export function mapped({ address, port }: SocketAddress): Place {
  return { host: loopbackHost(address), port: port < 1024 ? PRIVILEGED_SHIFT + port : port };
}

export function loopbackHost(address: string): string {
  return `127.${address.slice(address.indexOf('.') + 1)}`;
}

export function isLoopback(host: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** `10.0.1.5:80`, as a key and for people. */
export function socketName({ address, port }: { address: string; port: number }): string {
  return `${address}:${port}`;
}
