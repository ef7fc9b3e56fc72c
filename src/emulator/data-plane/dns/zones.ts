import type { Cell } from '../../core/cell.ts';
import { canonicalName } from '../../world/names/names.ts';
import type { NameRecords } from './name-records.ts';

/** Seconds that Route 53 lets the names and addresses of its servers be kept. */
const ttl = 172_800;

/** Where the local AWS's DNS server is. */
const serverAddress = '127.0.0.1';

const serversOfZone = ['ns-1', 'ns-2'];

/** The zones that names lie in, each with its name servers: all of them are this one. */
export function nameServersOf(cells: readonly Cell[]): ReadonlyMap<string, readonly string[]> {
  const names = cells.flatMap((cell) => [
    ...[...cell.loadBalancing.loadBalancers.values()].map(({ dnsName }) => canonicalName(dnsName)),
    ...cell.names.keys(),
  ]);
  const zones = new Set(names.map((name) => name.slice(name.indexOf('.') + 1)));
  return new Map([...zones].map((zone) => [zone, serversOfZone.map((server) => `${server}.${zone}`)]));
}

/** What is held about a zone's own name, and about its name servers'. */
export function zoneAnswer(
  wanted: string,
  zones: ReadonlyMap<string, readonly string[]>,
): NameRecords | undefined {
  const nameServers = zones.get(wanted);
  if (nameServers) return { addresses: [], nameServers, ttl };
  const isServer = [...zones.values()].some((servers) => servers.includes(wanted));
  return isServer ? { addresses: [serverAddress], ttl } : undefined;
}
