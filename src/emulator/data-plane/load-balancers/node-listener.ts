import type { Server, Socket } from 'node:net';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer, LoadBalancerNode } from '../../world/load-balancing/load-balancer.ts';
import type { Peer } from '../../world/network/peer.ts';
import type { Caller, Loopback, Passage } from '../loopback/loopback.ts';
import type { Certificates } from '../tls/certificates.ts';

/** One listener on one address of one node: what gets a socket of its own. */
export interface NodeListener {
  cell: Cell;
  loopback: Loopback;
  random: Random;
  certificates: Certificates;
  balancer: LoadBalancer;
  listener: Listener;
  node: LoadBalancerNode;
  address: string;
}

/** Something that listens in the world. */
export interface Served {
  server: Server;
  /** Whether a peer gets through to it; an outsider is undefined. */
  admits(peer: Peer | undefined, passage?: Passage): boolean;
  /** Of what passes connections on unread: where a caller of this process gets to by it. */
  onward?: ((caller: Caller) => Socket) | undefined;
  /** Looks at what the world has become. */
  review(): void;
  /** Stops listening and breaks every connection, as a machine does that is switched off. */
  close(): void;
}

/** Outsiders have no address in a VPC: only rules that let everyone in let them in. */
export const OUTSIDE = '127.0.0.1';

/** Whether the load balancer's security groups let a peer in; one that has none lets everyone in. */
export function isAdmitted(
  { cell, balancer, listener }: NodeListener,
  peer: Peer | undefined,
  passage: Passage = {},
): boolean {
  const groups = balancer.securityGroupIds;
  if (groups.length === 0) return true;
  if (passage.privateLink && !balancer.enforcesOnPrivateLink) return true;
  return cell.network.admits(groups, peer ?? { address: OUTSIDE }, listener.port, passage.securityGroupIds);
}
