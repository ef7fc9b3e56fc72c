import { Agent, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { Peer } from '../../world/network/peer.ts';
import { inService } from '../load-balancers/in-service.ts';
import { loopbackAgent } from '../loopback/agent.ts';
import type { Loopback, Passage } from '../loopback/loopback.ts';
import { isLoopback } from '../loopback/socket-address.ts';
import { encrypted } from '../tls/encrypted.ts';
import { closeIdle } from './idle-connections.ts';

/** Two ways to one endpoint: a connection kept from before where there is one, or a new one in any case. */
export interface Endpoint {
  kept: RequestOptions;
  fresh: RequestOptions;
  /** The way that the next request takes. */
  next: RequestOptions;
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

/** What finds a load balancer by its name needs no route to it: it begins in its VPC. */
interface Reached extends Way {
  routedIn: string;
}

const INTERNET: Way = { from: undefined };
const PRIVATE_LINK: Way = { from: undefined, passage: { privateLink: true } };

export function endpoints({ clock, loopback, random }: Machine): Endpoints {
  /** By the way that they connect by. */
  const worldAgents = new Map<string, Agent>();
  const localAgent = expiring(new Agent({ keepAlive: true }));
  /** When each address was last connected to for its own sake. */
  const lastFresh = new Map<string, number>();

  function expiring(agent: Agent): Agent {
    closeIdle(agent, { clock, milliseconds: KEPT_MILLISECONDS });
    return agent;
  }

  function agentOf({ encrypts = false, from, passage, routedIn }: Reached): Agent {
    const key = `${routedIn} ${encrypts} ${passage ? 'private link' : (from?.address ?? 'internet')}`;
    const known = worldAgents.get(key);
    if (known) return known;
    const agent = expiring(
      loopbackAgent(loopback, from, { encrypts, routedIn, ...(passage && { passage }) }),
    );
    worldAgents.set(key, agent);
    return agent;
  }

  function toBalancer(
    cell: Cell,
    balancer: LoadBalancer | undefined,
    { port, way }: { port: number; way: Way },
  ): Endpoint | undefined {
    const address = pick(balancer ? inService(cell, balancer) : []);
    if (address === undefined) return undefined;
    const reached = { ...way, routedIn: balancer?.vpcId ?? '' };
    const kept = { agent: agentOf(reached), host: address, port };
    const createConnection = () => {
      const socket = loopback.connect({ ...reached, to: { address, port } });
      return way.encrypts ? encrypted(socket) : socket;
    };
    return withNext(kept, { createConnection });
  }

  function pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
  }

  function withNext(kept: RequestOptions, fresh: RequestOptions): Endpoint {
    const to = `${kept.host}:${kept.port}`;
    const now = clock.now();
    const isDue = now - (lastFresh.get(to) ?? Number.NEGATIVE_INFINITY) >= FRESH_MILLISECONDS;
    if (!isDue || random() >= FRESH_SHARE) return { kept, fresh, next: kept };
    lastFresh.set(to, now);
    return { kept, fresh, next: fresh };
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
        const to = { host, port };
        return withNext({ agent: localAgent, ...to }, { createConnection: () => connect(to) });
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
      for (const agent of worldAgents.values()) agent.destroy();
      localAgent.destroy();
    },
  };
}
