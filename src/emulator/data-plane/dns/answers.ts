import type { Cell } from '../../core/cell.ts';
import { type Random, sample } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { inService } from '../load-balancers/in-service.ts';

/** As many addresses as an answer for a load balancer holds at most; of more, some by chance. */
const MOST_ADDRESSES = 8;

/**
 * The addresses a load balancer's name stands for: its nodes in service. A name that starts with an Availability Zone
 * stands for those in the zone. Undefined is a name nobody has.
 */
export function addressesOf(cells: Iterable<Cell>, name: string, random: Random): string[] | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  for (const cell of cells) {
    for (const balancer of cell.loadBalancing.loadBalancers.values()) {
      const own = balancer.dnsName.toLowerCase();
      if (wanted === own) return sample(random, inService(balancer), MOST_ADDRESSES);
      const zone = wanted.endsWith(`.${own}`) ? wanted.slice(0, -own.length - 1) : undefined;
      if (zone !== undefined && zonesOf(balancer).has(zone)) {
        return sample(random, inService(balancer, zone), MOST_ADDRESSES);
      }
    }
  }
  return undefined;
}

function zonesOf(balancer: LoadBalancer): Set<string> {
  return new Set(balancer.nodes.map((node) => node.interface.availabilityZone));
}
