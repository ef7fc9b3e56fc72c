import type { Cell } from '../../src/emulator/core/cell.ts';
import type { Prober } from '../../src/emulator/world/load-balancing/probe.ts';
import { parseBlock } from '../../src/emulator/world/network/cidr.ts';

/** The VPC's IPv6 block; the address of an interface in it ends with that interface's IPv4 address. */
export const ipv6Block = '2001:db8::/56';

/** `10.0.0.5` has `2001:db8::a00:5` beside it: whoever gets the one from EC2 gets the other. */
function ipv6Beside(ipv4: string): string {
  const number = parseBlock(`${ipv4}/32`)?.first ?? 0;
  return `2001:db8::${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`;
}

function ipv4Beside(ipv6: string): string {
  const [high = 0, low = 0] = ipv6
    .split(':')
    .slice(-2)
    .map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Gives every interface an IPv6 address as soon as it is there. */
export function makeDualstack({ network }: Cell): void {
  network.changes.subscribe(() => {
    for (const held of network.interfaces.values()) {
      if (held.ipv6Addresses.length === 0) held.ipv6Addresses = held.privateIpAddresses.map(ipv6Beside);
    }
  });
}

/** Who answers at an IPv4 address answers at the IPv6 address beside it. */
export function dualstackProber(prober: Prober): Prober {
  return (probe) => {
    const isBeside = probe.address.startsWith('2001:db8::');
    return prober(isBeside ? { ...probe, address: ipv4Beside(probe.address) } : probe);
  };
}
