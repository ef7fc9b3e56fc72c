import type { Cell } from '../core/cell.ts';
import type { Random } from '../core/random.ts';
import type { Listener } from '../world/load-balancing/listener.ts';
import { accepts } from '../world/load-balancing/load-balancer.ts';
import { vpcOfHost } from '../world/network/hosts.ts';
import { servedHost } from './host.ts';
import { albNode } from './load-balancers/alb-node.ts';
import { nlbNode } from './load-balancers/nlb-node.ts';
import type { NodeListener } from './load-balancers/node-listener.ts';
import type { Loopback } from './loopback/loopback.ts';
import { socketName } from './loopback/socket-address.ts';
import { type Opening, openSockets } from './open-sockets.ts';
import type { Certificates } from './tls/certificates.ts';

export interface ServedSockets {
  /** Resolves once all that should listen now does; rejects with why one of them cannot. */
  settled(): Promise<void>;
  close(): void;
}

/** What the sockets of a world need that is not the world's. */
export interface Machine {
  loopback: Loopback;
  random: Random;
  certificates: Certificates;
}

const SERVED_PROTOCOLS = new Set(['TCP', 'TLS', 'HTTP', 'HTTPS']);

/** Keeps what listens on this machine equal to what listens in a cell's world, from now on. */
export function serveSockets(cell: Cell, machine: Machine): ServedSockets {
  const { loopback } = machine;
  const sockets = openSockets(loopback);
  const reconcile = (): void =>
    sockets.follow(new Map([...nodeSockets(cell, machine), ...hostSockets(cell, loopback)]));
  const ends = [cell.loadBalancing.changes.subscribe(reconcile), cell.hosts.changes.subscribe(reconcile)];
  reconcile();
  return {
    settled: () => sockets.settled(),
    close() {
      for (const end of ends) end();
      sockets.close();
    },
  };
}

function* nodeSockets(cell: Cell, machine: Machine): Generator<[key: string, Opening]> {
  for (const listener of cell.loadBalancing.listeners.values()) {
    const balancer = cell.loadBalancing.loadBalancers.get(listener.loadBalancerArn);
    if (balancer?.state !== 'active' || !SERVED_PROTOCOLS.has(listener.protocol)) continue;
    const serve = balancer.type === 'network' ? nlbNode : albNode;
    for (const node of balancer.nodes.filter(accepts)) {
      for (const address of node.interface.privateIpAddresses) {
        const context: NodeListener = { ...machine, cell, balancer, listener, node, address };
        const at = { address, port: listener.port, vpcId: balancer.vpcId };
        const key = `${listener.arn} ${encryption(listener)} ${node.interface.id} ${socketName(at)}`;
        yield [key, { at, make: () => serve(context) }];
      }
    }
  }
}

/** A listener that is given another protocol or policy starts anew. */
function encryption({ protocol, sslPolicy = '', alpnPolicy = '' }: Listener): string {
  return `${protocol} ${sslPolicy} ${alpnPolicy}`;
}

function* hostSockets(cell: Cell, loopback: Loopback): Generator<[key: string, Opening]> {
  for (const host of cell.hosts.all) {
    const { address, port, forwardTo } = host;
    const at = { address, port, vpcId: vpcOfHost(cell.network, host) };
    const key = `host ${at.vpcId} ${socketName(at)} ${forwardTo.host}:${forwardTo.port}`;
    yield [key, { at, make: () => servedHost(loopback, host) }];
  }
}
