import { createServer, type Socket } from 'node:net';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { EndpointListener } from '../../world/load-balancing/endpoint-listeners.ts';
import type { NetworkInterface } from '../../world/network/network-interface.ts';
import type { Peer } from '../../world/network/peer.ts';
import { inService } from '../load-balancers/in-service.ts';
import { OUTSIDE, type Served } from '../load-balancers/node-listener.ts';
import type { Caller, Loopback } from '../loopback/loopback.ts';
import { passOn } from '../loopback/pass-on.ts';

/** One port of an endpoint's interface, and the listener of the service's load balancer that it leads to. */
export interface EndpointPort {
  loopback: Loopback;
  random: Random;
  /** That of the endpoint. */
  cell: Cell;
  held: NetworkInterface;
  listener: EndpointListener<Cell>;
}

/**
 * An interface of a VPC endpoint: TCP connections go on to the load balancer's node of the same zone, as PrivateLink
 * carries them. The load balancer's security groups are asked about the client's address, which is what AWS says they
 * see; its targets see the node.
 */
export function endpointInterface({ loopback, random, cell, held, listener }: EndpointPort): Served {
  const { place, balancer, port } = listener;

  const admits = (peer: Peer | undefined): boolean =>
    cell.network.admits(held.securityGroupIds, peer ?? { address: OUTSIDE }, port);

  function dial({ from, port: own, allowHalfOpen }: Caller): Socket | undefined {
    const address = pick(inService(place, balancer, held.availabilityZone));
    if (address === undefined) return undefined;
    return loopback.connect({
      from,
      routedIn: balancer.vpcId,
      to: { address, port },
      port: own,
      passage: { privateLink: true },
      allowHalfOpen,
    });
  }

  function pick(addresses: readonly string[]): string | undefined {
    return addresses[Math.floor(random() * addresses.length)];
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true });
  return { ...passOn({ loopback, server, admits, dial }), review() {} };
}
