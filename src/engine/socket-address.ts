import { type Address, addressFamily, parseAddress } from './address.ts';

/** An address, and a port where one was given. */
export interface SocketAddress {
  address: Address;
  port?: number;
}

/** `10.0.0.2`, `10.0.0.2:53`, `fd00::2` or `[fd00::2]:53`; undefined when the text is none of these. */
export function parseSocketAddress(text: string): SocketAddress | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
  const address = parseAddress(bracketed ?? plain ?? text);
  if (address === undefined) return undefined;
  if (bracketed !== undefined && addressFamily(address) !== 'ipv6') return undefined;
  if (digits === undefined) return { address };
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? { address, port } : undefined;
}
