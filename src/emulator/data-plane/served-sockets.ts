import type { Cell } from '../core/cell.ts';
import type { Random } from '../core/random.ts';
import type { Listener } from '../world/load-balancing/listener.ts';
import { accepts } from '../world/load-balancing/load-balancer.ts';
import { servedHost } from './host.ts';
import { albNode } from './load-balancers/alb-node.ts';
import { nlbNode } from './load-balancers/nlb-node.ts';
import type { NodeListener, Served } from './load-balancers/node-listener.ts';
import type { Loopback } from './loopback/loopback.ts';
import { type SocketAddress, socketName } from './loopback/socket-address.ts';
import type { Certificates } from './tls/certificates.ts';

export interface ServedSockets {
  /** Resolves once all that should listen now does; rejects with why one of them cannot. */
  settled(): Promise<void>;
  close(): void;
}

interface Opening {
  at: SocketAddress;
  make: () => Served;
}

interface Open {
  served: Served;
  opened: Promise<void>;
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
  const sockets = new Map<string, Open>();

  function reconcile(): void {
    const desired = new Map([...nodeSockets(cell, machine), ...hostSockets(cell, loopback)]);
    for (const [key, socket] of sockets) {
      if (desired.has(key)) continue;
      sockets.delete(key);
      socket.close();
    }
    for (const [key, opening] of desired) {
      if (!sockets.has(key)) sockets.set(key, open(loopback, opening));
    }
    for (const { served } of sockets.values()) served.review();
  }

  const ends = [cell.loadBalancing.changes.subscribe(reconcile), cell.hosts.changes.subscribe(reconcile)];
  reconcile();
  return {
    async settled() {
      await Promise.all([...sockets.values()].map(({ opened }) => opened));
    },
    close() {
      for (const end of ends) end();
      for (const socket of sockets.values()) socket.close();
      sockets.clear();
    },
  };
}

function open(loopback: Loopback, { at, make }: Opening): Open {
  const served = make();
  let isOpen = false;
  let isClosed = false;
  const opened = loopback.listen({ server: served.server, at, admits: served.admits }).then(() => {
    isOpen = true;
    if (isClosed) served.close();
  });
  // Who waits for `settled` is told.
  opened.catch(() => {});
  return {
    served,
    opened,
    close() {
      isClosed = true;
      // A server closed while it begins to listen would never say that it does.
      if (isOpen) served.close();
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
        const at = { address, port: listener.port };
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
    const to = `${host.forwardTo.host}:${host.forwardTo.port}`;
    yield [`host ${socketName(host)} ${to}`, { at: host, make: () => servedHost(loopback, host) }];
  }
}
