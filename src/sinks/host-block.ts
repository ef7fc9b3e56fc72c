import { type Address, addressFamily, parseAddress } from '../engine/address.ts';

/** The block that has just this address, in CIDR notation. */
export function hostBlock(address: Address): string {
  return addressFamily(address) === 'ipv4' ? `${address}/32` : `${address}/128`;
}

/** The address of a block that has just one; undefined for any other. */
export function addressOfHostBlock(cidr: string): Address | undefined {
  const [text = '', length] = cidr.split('/');
  const address = parseAddress(text);
  return address && hostBlock(address) === `${address}/${length}` ? address : undefined;
}
