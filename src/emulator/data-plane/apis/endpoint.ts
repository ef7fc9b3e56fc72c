import { connect, type Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { Peer } from '../../world/network/peer.ts';
import { inService } from '../load-balancers/in-service.ts';
import type { Loopback, Passage } from '../loopback/loopback.ts';
import { isLoopback } from '../loopback/socket-address.ts';
import { encrypted } from '../tls/encrypted.ts';
import { type Connection, type Connections, connections } from './connections.ts';

/** One endpoint, and the connections to it. */
export interface Endpoint {
  /** The connection that the next request takes: mostly one that was kept. */
  next(): Connection;
  /** A new one in any case. */
  fresh(): Connection;
}

/** What an integration points at. */
export type Destination =
  | { kind: 'internet'; host: string; port: number }
  /** Through a VPC link: from one of its own addresses, or through PrivateLink where it has none. */
  | {
      kind: 'private';
      balancer: LoadBalancer | undefined;
      port: number;
      /** Whether TLS is spoken to it; what it is certified for is not looked at, as any certificate's ARN will do here. */
      isEncrypted: boolean;
      from: readonly Peer[];
    };

/** Finds and connects to what integrations point at. */
export interface Endpoints {
  /** Undefined where nothing can be reached. */
  find(cell: Cell, destination: Destination): Endpoint | undefined;
  close(): void;
}

/**
 * Shorter than load balancers keep an idle connection, and than their nodes serve on once they leave, so that it is seldom
 * they who end it: a request that is just on its way then would be lost. Of the world's time, as those are.
 */
const KEPT_MILLISECONDS = 30_000;

/**
 * API Gateway is many machines, each with connections of its own: so often a request comes over a new one. Were it
 * always a kept one, a target that is dead would go unnoticed for as long as the kept connections led elsewhere.
 */
const FRESH_SHARE = 0.25;

/**
 * So much of the world's time lies between two of them: under load a new connection, which takes twice as long as a
 * request over a kept one, would be most of the work.
 */
const FRESH_MILLISECONDS = 100;

interface Machine {
  /** Of the world. */
  clock: Clock;
  loopback: Loopback;
  random: Random;
}

/** How connections come to a load balancer. */
interface Way {
  from: Peer | undefined;
  encrypts?: boolean;
  passage?: Passage;
}

const INTERNET: Way = { from: undefined };
const PRIVATE_LINK: Way = { from: undefined, passage: { privateLink: true } };

export function endpoints({ clock, loopback, random }: Machine): Endpoints {
  /** By where they lead, and the way there. */
  const open = new Map<string, Connections>();
  let lastFresh = Number.NEGATIVE_INFINITY;

  function endpoint(key: string, dial: () => Socket): Endpoint {
    let known = open.get(key);
    if (!known) {
      known = connections(dial, { clock, milliseconds: KEPT_MILLISECONDS });
      open.set(key, known);
    }
    const { kept, fresh } = known;
    return {
      fresh,
      next() {
        const now = clock.now();
        if (now - lastFresh < FRESH_MILLISECONDS || random() >= FRESH_SHARE) return kept();
        lastFresh = now;
        return fresh();
      },
    };
  }

  function toBalancer(
    cell: Cell,
    balancer: LoadBalancer | undefined,
    { port, way }: { port: number; way: Way },
  ): Endpoint | undefined {
    const address = pick(balancer ? inService(cell, balancer) : []);
    if (address === undefined) return undefined;
    const { from, encrypts = false, passage } = way;
    const routedIn = balancer?.vpcId ?? '';
    const by = passage ? 'private link' : (from?.address ?? 'internet');
    return endpoint(`${routedIn} ${by} ${encrypts} ${address}:${port}`, () => {
      const socket = loopback.connect({
        from,
        routedIn,
        to: { address, port },
        ...(passage && { passage }),
      });
      return encrypts ? encrypted(socket) : socket;
    });
  }

  function pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
  }

  return {
    find(cell, destination) {
      const { port } = destination;
      if (destination.kind === 'private') {
        const from = pick(destination.from);
        const way = { ...(from === undefined ? PRIVATE_LINK : { from }), encrypts: destination.isEncrypted };
        return toBalancer(cell, destination.balancer, { port, way });
      }
      const { host } = destination;
      if (host === 'localhost' || isLoopback(host)) {
        return endpoint(`${host}:${port}`, () => connect({ host, port, noDelay: true }));
      }
      // Without a VPC link API Gateway reaches what the internet reaches.
      for (const place of cell.cells()) {
        const balancer = place.loadBalancing.byDnsName(host);
        if (balancer?.scheme === 'internet-facing')
          return toBalancer(place, balancer, { port, way: INTERNET });
      }
      return undefined;
    },
    close() {
      for (const each of open.values()) each.close();
    },
  };
}
