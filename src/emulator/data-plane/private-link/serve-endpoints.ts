import type { Cell } from '../../core/cell.ts';
import { endpointListeners } from '../../world/load-balancing/endpoint-listeners.ts';
import { interfacesOf } from '../../world/network/vpc-endpoint.ts';
import { socketName } from '../loopback/socket-address.ts';
import { type Opening, openSockets } from '../open-sockets.ts';
import type { Machine, ServedSockets } from '../served-sockets.ts';
import { endpointInterface } from './endpoint-interface.ts';

export interface ServedEndpoints extends ServedSockets {
  /** From now on this cell's endpoints are served, and the services that it offers reached. */
  attach(cell: Cell): void;
}

/** Keeps what listens at the interfaces of VPC endpoints equal to what their services' load balancers listen on. */
export function serveEndpoints({ loopback, random }: Omit<Machine, 'certificates'>): ServedEndpoints {
  const cells = new Set<Cell>();
  const sockets = openSockets(loopback);
  const ends: (() => void)[] = [];

  function* openings(): Generator<[key: string, Opening]> {
    for (const cell of cells) {
      for (const endpoint of cell.network.vpcEndpoints.values()) {
        for (const listener of endpointListeners(cells, endpoint)) {
          for (const held of interfacesOf(cell.network, endpoint)) {
            const [address = ''] = held.privateIpAddresses;
            const at = { address, port: listener.port, vpcId: endpoint.vpcId };
            const key = `${held.id} ${socketName(at)} ${listener.balancer.arn}`;
            const make = () => endpointInterface({ loopback, random, cell, held, listener });
            yield [key, { at, make }];
          }
        }
      }
    }
  }

  const reconcile = (): void => sockets.follow(new Map(openings()));

  return {
    attach(cell) {
      cells.add(cell);
      ends.push(
        cell.loadBalancing.changes.subscribe(reconcile),
        cell.network.endpointChanges.subscribe(reconcile),
      );
      reconcile();
    },
    settled: () => sockets.settled(),
    close() {
      for (const end of ends) end();
      sockets.close();
    },
  };
}
