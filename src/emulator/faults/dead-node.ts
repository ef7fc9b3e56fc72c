import type { Timer } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import type { LoadBalancerNode } from '../world/load-balancing/load-balancer.ts';
import type { Host } from '../world/network/hosts.ts';
import type { StateFault } from './fault.ts';

type World = Pick<Cell, 'clock' | 'hosts' | 'loadBalancing'>;

/**
 * Silences what has an address, a load balancer's node or a machine, for a time or until the function that it gives is
 * called; then it answers as before, unless it has gone meanwhile.
 *
 * @throws AwsError `InvalidFault` where nothing has the address
 */
export function silence(world: World, { address, milliseconds }: StateFault, over: () => void): () => void {
  const nodes = nodesAt(world, address);
  const hosts = [...world.hosts.all].filter((host) => host.address === address);
  if (nodes.length + hosts.length === 0) {
    throw new AwsError(
      'InvalidFault',
      `neither a node of a load balancer nor a host has the address ${address}`,
    );
  }
  const revive = [...nodes.map((node) => kill(world, node)), ...hosts.map((host) => unplug(world, host))];
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

function kill({ loadBalancing }: World, node: LoadBalancerNode): () => void {
  const { phase } = node;
  node.phase = 'dead';
  loadBalancing.changes.announce();
  return () => {
    const isThere = [...loadBalancing.loadBalancers.values()].some(({ nodes }) => nodes.includes(node));
    if (isThere) node.phase = phase;
    loadBalancing.changes.announce();
  };
}

function unplug({ hosts }: World, host: Host): () => void {
  hosts.remove(host);
  return () => hosts.add(host);
}
