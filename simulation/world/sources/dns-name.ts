import type { DnsSourceConfig } from '../../../src/config/config.ts';
import type { Cell } from '../../../src/emulator/core/cell.ts';
import type { Host } from '../../../src/emulator/world/network/hosts.ts';
import type { Dice } from '../../dice.ts';
import type { Standing } from '../../truth/standing.ts';
import { dnsKey } from '../read-keys.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

export interface DnsNameOptions {
  family: NonNullable<DnsSourceConfig['family']>;
  /** The port on which its machines answer. */
  port: number;
  /** In milliseconds. */
  ttl: number;
  /** How long a machine goes on answering after the name has left it. */
  afterlife: number;
  /** Of one kind, at the most; an answer holds 8. */
  most: number;
}

const name = 'database.example.com';
const pool = 20;

/** A name whose machines, in another network, fail over to others. */
export function dnsNameSource(
  cell: Cell,
  { family, port, ttl, afterlife, most }: DnsNameOptions,
): SimulatedSource {
  const hosts = new Map<string, Host>();
  let members: number[] = [];

  function stand(next: readonly number[]): void {
    const leaving = members.filter((member) => !next.includes(member));
    members = [...next];
    cell.names.set(name, { addresses: members.flatMap(addressesOf), ttl: ttl / 1_000, atMost: 8 });
    for (const address of members.flatMap(addressesOf)) start(address);
    cell.clock.after(afterlife, () => leaving.flatMap(addressesOf).forEach(stop));
    cell.network.changes.announce();
  }

  function start(address: string): void {
    if (hosts.has(address)) return;
    const host: Host = { address, port, forwardTo: { host: '127.0.0.1', port: 0 } };
    hosts.set(address, host);
    cell.hosts.add(host);
  }

  /** Unless the name has come back to it meanwhile. */
  function stop(address: string): void {
    const host = hosts.get(address);
    if (!host || members.flatMap(addressesOf).includes(address)) return;
    hosts.delete(address);
    cell.hosts.remove(host);
    cell.network.changes.announce();
  }

  const addressesOf = (member: number): string[] => [
    ...(family === 'ipv6' ? [] : [`172.16.0.${10 + member}`]),
    ...(family === 'ipv4' ? [] : [`fd00::${(10 + member).toString(16)}`]),
  ];
  stand([0, 1]);
  return {
    config: () => ({ type: 'dns', name, family }),
    reads: [
      ...(family === 'ipv6' ? [] : [dnsKey(name, 'A')]),
      ...(family === 'ipv4' ? [] : [dnsKey(name, 'AAAA')]),
    ],
    standings() {
      const named = new Set(members.flatMap(addressesOf));
      const standing = (address: string): Standing => (named.has(address) ? 'serving' : 'leaving');
      return new Map([...hosts.keys()].map((address) => [address, standing(address)]));
    },
    tellsWhatIsGone: false,
    change(dice: Dice): string {
      const first = dice.between(0, pool - 1);
      const count = dice.between(1, dice.chance(0.3) ? most : 3);
      stand(Array.from({ length: count }, (_, index) => (first + index) % pool));
      return `${name} stands for ${members.flatMap(addressesOf).join(', ')}`;
    },
    settle: () => stand(members.slice(0, 7)),
  };
}
