import { type Address, addressBits, addressFamily, parseAddress } from './address.ts';

/** A range of addresses in CIDR notation, `10.0.0.0/8`. */
export type Network = string;

export const everyIpv4: Network = '0.0.0.0/0';
export const everyIpv6: Network = '::/0';

/** RFC 1918, and RFC 6598's shared range: the IPv4 addresses outside its VPC that a load balancer may target. */
export const privateIpv4: readonly Network[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** Whether the address lies in the network; never, when the network is not one or is of the other family. */
export function contains(network: Network, address: Address): boolean {
  const [base, length] = network.split('/');
  const start = parseAddress(base ?? '');
  if (!start || !/^\d{1,3}$/.test(length ?? '') || addressFamily(start) !== addressFamily(address))
    return false;
  const width = addressFamily(address) === 'ipv4' ? 32 : 128;
  if (Number(length) > width) return false;
  const shift = BigInt(width - Number(length));
  return addressBits(start) >> shift === addressBits(address) >> shift;
}

export function containedInAny(networks: readonly Network[], address: Address): boolean {
  return networks.some((network) => contains(network, address));
}
