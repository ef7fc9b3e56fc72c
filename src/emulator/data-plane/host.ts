import { createServer } from 'node:net';
import type { Host } from '../world/network/hosts.ts';
import type { Served } from './load-balancers/node-listener.ts';
import { openConnections } from './loopback/connections.ts';
import type { Loopback } from './loopback/loopback.ts';
import { reset } from './loopback/reset.ts';
import { splice } from './loopback/splice.ts';

/** A machine of the VPC: connections to it go on to a server of this machine, which sees whose they are. */
export function servedHost(loopback: Loopback, { forwardTo }: Host): Served {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    splice(client, loopback.connectOut(loopback.peer(client), forwardTo));
  });
  const connections = openConnections(server);
  return {
    server,
    admits: () => true,
    review() {},
    close() {
      server.close();
      for (const connection of connections) reset(connection);
    },
  };
}
