import { connect, type Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { Peer } from '../../world/network/peer.ts';
import type { ClientConnection } from '../http/client-connection.ts';
import { connectionPool } from '../http/connection-pool.ts';
import { inService } from '../load-balancers/in-service.ts';
import type { Loopback, Passage } from '../loopback/loopback.ts';
import { isLoopback } from '../loopback/socket-address.ts';
import { encrypted } from '../tls/encrypted.ts';

/** Connections to what an integration points at. */
export interface Endpoint {
  /** For the next request: one kept from before, or a new one. */
  next(): ClientConnection;
  /** A new one in any case. */
  fresh(): ClientConnection;
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
 * So much of the world's time lies between two of them to one address: under load a new connection, which takes twice as
 * long as a request over a kept one, would be most of the work.
 */
const FRESH_MILLISECONDS = 100;

const PRIVATE_LINK: Passage = { privateLink: true };

interface Machine {
  /** Of the world. */
  clock: Clock;
  loopback: Loopback;
  random: Random;
}

/** How connections come to a load balancer. */
interface Way {
  port: number;
  from: Peer | undefined;
  /** Without an address of their own: through PrivateLink rather than from the internet. */
  isPrivateLink: boolean;
  isEncrypted: boolean;
}

/** Where connections lead, and how they come there. */
interface Reached extends Way {
  host: string;
  /** What finds a load balancer by its name needs no route to it: it begins in its VPC; undefined outside of the world. */
  routedIn: string | undefined;
}

export function endpoints({ clock, loopback, random }: Machine): Endpoints {
  /** When each address was last connected to for its own sake. */
  const lastFresh = new Map<string, number>();
  const pool = connectionPool<Reached>({
    name: ({ routedIn, host, port, from, isPrivateLink, isEncrypted }) =>
      `${routedIn} ${host}:${port} ${from?.address} ${isPrivateLink} ${isEncrypted}`,
    connect: open,
    idle: 0,
    kept: { clock, milliseconds: KEPT_MILLISECONDS },
  });

  function open({ host, port, routedIn, from, isPrivateLink, isEncrypted }: Reached): Socket {
    if (routedIn === undefined) return connect({ host, port, noDelay: true });
    const to = { address: host, port };
    const socket = loopback.connect({ from, routedIn, to, ...(isPrivateLink && { passage: PRIVATE_LINK }) });
    return isEncrypted ? encrypted(socket) : socket;
  }

  function toBalancer(cell: Cell, balancer: LoadBalancer | undefined, way: Way): Endpoint | undefined {
    const host = pick(balancer ? inService(cell, balancer) : []);
    if (host === undefined) return undefined;
    const { port, from, isPrivateLink, isEncrypted } = way;
    return endpoint({ host, port, routedIn: balancer?.vpcId ?? '', from, isPrivateLink, isEncrypted });
  }

  function pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
  }

  function endpoint(to: Reached): Endpoint {
    return {
      next: () => (isDue(to) ? pool.once(to) : pool.take(to)),
      fresh: () => pool.once(to),
    };
  }

  function isDue({ host, port }: Reached): boolean {
    const name = `${host}:${port}`;
    const now = clock.now();
    const isAllowed = now - (lastFresh.get(name) ?? Number.NEGATIVE_INFINITY) >= FRESH_MILLISECONDS;
    if (!isAllowed || random() >= FRESH_SHARE) return false;
    lastFresh.set(name, now);
    return true;
  }

  return {
    find(cell, destination) {
      const { port } = destination;
      if (destination.kind === 'private') {
        const { balancer, isEncrypted } = destination;
        const from = pick(destination.from);
        return toBalancer(cell, balancer, { port, from, isPrivateLink: from === undefined, isEncrypted });
      }
      const internet = { port, from: undefined, isPrivateLink: false, isEncrypted: false };
      const { host } = destination;
      if (host === 'localhost' || isLoopback(host)) {
        return endpoint({ ...internet, host, routedIn: undefined });
      }
      // Without a VPC link API Gateway reaches what the internet reaches.
      for (const place of cell.cells()) {
        const balancer = place.loadBalancing.byDnsName(host);
        if (balancer?.scheme === 'internet-facing') return toBalancer(place, balancer, internet);
      }
      return undefined;
    },
    close: () => pool.close(),
  };
}
