import type { LoadBalancerSourceConfig } from '../../../src/config/config.ts';
import type { Cell } from '../../../src/emulator/core/cell.ts';
import {
  interfaceDescription,
  type LoadBalancer,
} from '../../../src/emulator/world/load-balancing/load-balancer.ts';
import type { Standing } from '../../truth/standing.ts';
import { descriptionKey } from '../read-keys.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

export function loadBalancerSource(
  cell: Cell,
  loadBalancer: LoadBalancer,
  config: Omit<LoadBalancerSourceConfig, 'type'>,
): SimulatedSource {
  return {
    config: () => ({ type: 'load-balancer', ...config }),
    reads: [descriptionKey(interfaceDescription(loadBalancer.arn))],
    standings: () => standingsOf(cell, loadBalancer),
    tellsWhatIsGone: true,
  };
}

/** Everything that happens to a load balancer's addresses; strangers' are everybody else's. */
function standingsOf(cell: Cell, loadBalancer: LoadBalancer): Map<string, Standing> {
  const description = interfaceDescription(loadBalancer.arn);
  const phases = new Map(loadBalancer.nodes.map((node) => [node.interface, node.phase]));
  const standings = new Map<string, Standing>();
  for (const held of cell.network.interfaces.values()) {
    const own = held.description === description;
    // An interface is made a moment before its node.
    const standing = own ? (phases.get(held) ?? 'starting') : 'stranger';
    for (const address of held.privateIpAddresses) standings.set(address, standing);
    for (const address of held.ipv6Addresses) standings.set(address, standing);
  }
  return standings;
}
