import type { Cell } from '../../core/cell.ts';
import { type Random, sample } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { canonicalName } from '../../world/names/names.ts';
import { endpointNames } from '../../world/network/endpoint-names.ts';
import { inService } from '../load-balancers/in-service.ts';
import type { NameRecords } from './name-records.ts';
import { nameServersOf, zoneAnswer } from './zones.ts';

/** As many addresses as an answer for a load balancer holds at most; of more, some by chance. */
const mostAddresses = 8;

/** Seconds that answers for a VPC endpoint may be kept. */
const endpointTtl = 60;

/** Seconds that Elastic Load Balancing lets its answers be kept. */
const loadBalancerTtl = 60;

/**
 * What a name stands for: a load balancer's nodes in service, those in a zone where the name starts with an
 * Availability Zone, a VPC endpoint's interfaces, or what `cell.names` says. Undefined is a name nobody has.
 */
export function recordsOf(cells: Iterable<Cell>, name: string, random: Random): NameRecords | undefined {
  const wanted = canonicalName(name);
  const known = [...cells];
  for (const cell of known) {
    const given = cell.names.get(wanted);
    if (given) return { ...given, addresses: choose(given.addresses, given.atMost, random) };
    const addresses = nodesOf(cell, wanted);
    if (addresses) return { addresses: choose(addresses, mostAddresses, random), ttl: loadBalancerTtl };
    const endpoint = endpointsNamed(cell, wanted);
    if (endpoint) return { addresses: endpoint, ttl: endpointTtl };
  }
  return zoneAnswer(wanted, nameServersOf(known));
}

function nodesOf(cell: Cell, wanted: string): string[] | undefined {
  for (const balancer of cell.loadBalancing.loadBalancers.values()) {
    const own = balancer.dnsName.toLowerCase();
    if (wanted === own) return inService(cell, balancer);
    const zone = wanted.endsWith(`.${own}`) ? wanted.slice(0, -own.length - 1) : undefined;
    if (zone !== undefined && zonesOf(balancer).has(zone)) return inService(cell, balancer, zone);
  }
  return undefined;
}

function endpointsNamed({ network, region }: Cell, wanted: string): string[] | undefined {
  for (const endpoint of network.vpcEndpoints.values()) {
    // Asked about each name of the world, so that nothing is made of endpoints that cannot have it.
    if (!wanted.startsWith(endpoint.dnsLabel)) continue;
    const found = endpointNames(network, region, endpoint).find(({ name }) => name === wanted);
    if (found) return found.addresses;
  }
  return undefined;
}

/** At most so many of each family. */
function choose(addresses: readonly string[], atMost: number | undefined, random: Random): string[] {
  const families = [
    addresses.filter((address) => !address.includes(':')),
    addresses.filter((address) => address.includes(':')),
  ];
  return families.flatMap((family) => sample(random, family, atMost ?? family.length));
}

function zonesOf(balancer: LoadBalancer): Set<string> {
  return new Set(balancer.nodes.map((node) => node.interface.availabilityZone));
}
