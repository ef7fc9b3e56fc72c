import { createServer, type Server, type Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import { type Loopback, loopback, type Passage } from '../loopback/loopback.ts';
import { type ServedSockets, serveSockets } from '../served-sockets.ts';
import { machineOf } from './machine.ts';
import { addBalancer, addListener, addTargetGroup, emptyCell, forwardTo } from './world.ts';

/** A network load balancer with a node, a listener and a group of targets that a test serves. */
export interface NlbWorld {
  cell: Cell;
  network: Loopback;
  sockets: ServedSockets;
  nlb: LoadBalancer;
  group: TargetGroup;
  /** PEM of who certifies TLS listeners. */
  authority: string;
  /** Listens at a target of the world. */
  serve(address: string, handle: (socket: Socket) => void, server?: Server): Promise<void>;
  /** A connection to the node, of an address of the world or an outsider. */
  client(from?: string, passage?: Passage): Socket;
  close(): void;
}

const at = { address: '10.0.0.20', port: 80 };

export async function nlbWorld(
  given: { listener?: Partial<Listener>; group?: Partial<TargetGroup>; targets?: string[] } = {},
): Promise<NlbWorld> {
  const cell = emptyCell(steppedClock());
  const machine = machineOf(loopback('single'));
  const { loopback: network } = machine;
  const sockets = serveSockets(cell, machine);
  const opened: { close?: () => unknown; destroy?: () => unknown }[] = [];
  const nlb = addBalancer(cell, 'network', [at.address]);
  const group = addTargetGroup(cell, given.targets ?? ['10.0.9.1'], given.group);
  addListener(cell, nlb, forwardTo(group), given.listener);
  await sockets.settled();
  return {
    cell,
    network,
    sockets,
    nlb,
    group,
    authority: machine.certificates.authority,
    async serve(address, handle, server = createServer({ allowHalfOpen: true })) {
      server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
        socket.on('error', () => {});
        handle(socket);
      });
      opened.push(server);
      await network.listen({ server, at: { address, port: 80 } });
    },
    client(from, passage) {
      const socket = network.connect({
        from: from === undefined ? from : { address: from },
        to: at,
        allowHalfOpen: true,
        ...(passage && { passage }),
      });
      opened.push(socket);
      return socket;
    },
    close() {
      for (const one of opened) {
        one.destroy?.();
        one.close?.();
      }
      sockets.close();
    },
  };
}
