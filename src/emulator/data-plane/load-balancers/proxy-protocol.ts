import { isIPv4 } from 'node:net';
import type { SocketAddress } from '../loopback/socket-address.ts';

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
const LOCAL = 0x20;
const PROXY = 0x21;
const TCP_OVER_IPV4 = 0x11;

/** The header by which a target learns who its client is (the PROXY protocol, version 2). */
export function proxyHeader(client: SocketAddress, server: SocketAddress): Buffer {
  if (!isIPv4(client.address) || !isIPv4(server.address)) return localHeader();
  const addresses = [client.address, server.address].flatMap((address) => address.split('.').map(Number));
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(client.port, 0);
  ports.writeUInt16BE(server.port, 2);
  return Buffer.concat([SIGNATURE, Buffer.from([PROXY, TCP_OVER_IPV4, 0, 12, ...addresses]), ports]);
}

/** The header of a connection that is the load balancer's own: a health check. */
export function localHeader(): Buffer {
  return Buffer.concat([SIGNATURE, Buffer.from([LOCAL, 0, 0, 0])]);
}
