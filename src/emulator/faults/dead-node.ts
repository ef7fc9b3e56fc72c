import type { Timer } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { LoadBalancerNode } from '../world/load-balancing/load-balancer.ts';
import type { StateFault } from './fault.ts';

type World = Pick<Cell, 'clock' | 'fleet' | 'hosts' | 'loadBalancing'>;

/**
 * Silences what has an address, a load balancer's node or a machine, for a time or until the function that it gives is
 * called; then it answers as before, unless it has gone meanwhile.
 *
 * @throws AwsError `InvalidFault` where nothing has the address
 */
export function silence(world: World, { address, milliseconds }: StateFault, over: () => void): () => void {
  const nodes = nodesAt(world, address);
  const hosts = world.hosts.at(address);
  if (nodes.length + hosts.length === 0) {
    throw new AwsError(
      'InvalidFault',
      `neither a node of a load balancer nor a host has the address ${address}`,
    );
  }
  const revive = [
    ...nodes.map((node) => world.fleet.silence(node)),
    ...hosts.map((host) => world.hosts.silence(host)),
  ];
  const timer: Timer | undefined =
    milliseconds === undefined ? undefined : world.clock.after(milliseconds, over);
  return () => {
    timer?.cancel();
    for (const back of revive) back();
  };
}

function nodesAt({ loadBalancing }: World, address: string): LoadBalancerNode[] {
  return [...loadBalancing.loadBalancers.values()]
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node.interface.privateIpAddresses.includes(address));
}
