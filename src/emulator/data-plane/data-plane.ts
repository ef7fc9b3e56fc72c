import type { Server, Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { wallClock } from '../clock/wall-clock.ts';
import type { Cell } from '../core/cell.ts';
import { listen } from '../core/listen.ts';
import type { Random } from '../core/random.ts';
import type { Prober } from '../world/load-balancing/probe.ts';
import { apiServer } from './apis/api-server.ts';
import { endpoints } from './apis/endpoint.ts';
import { recordsOf } from './dns/answers.ts';
import { startDnsServer } from './dns/dns-server.ts';
import { openConnections } from './loopback/connections.ts';
import { type LoopbackMode, openLoopback } from './loopback/loopback.ts';
import type { Place, SocketAddress } from './loopback/socket-address.ts';
import { serveEndpoints } from './private-link/serve-endpoints.ts';
import { socketProber } from './prober.ts';
import { type ServedSockets, serveSockets } from './served-sockets.ts';
import { openCertificates } from './tls/certificates.ts';

export interface DataPlaneOptions {
  clock: Clock;
  loopback: LoopbackMode | 'auto';
  /** 0 lets the system choose. */
  apiPort: number;
  /** 0 lets the system choose. */
  dnsPort: number;
  random: Random;
}

/** The local AWS's sockets: load balancers, DNS and API Gateway, as the attached cells say. */
export interface DataPlane {
  /** `http://127.0.0.1:8080` */
  apiEndpoint: string;
  /** `127.0.0.1:port` */
  dnsServer: string;
  /** PEM of the authority that certifies what terminates TLS here. */
  readonly certificateAuthority: string;
  /** Health checks over sockets, timed out by the clock. */
  prober: Prober;
  /** From now on this cell's nodes, listeners, hosts and APIs are served. */
  attach(cell: Cell): void;
  /** Resolves once all that should listen now does; rejects with why one of them cannot. */
  settled(): Promise<void>;
  /** Where on this machine an address of the world is served. */
  where(at: SocketAddress): Place | undefined;
  /** Who connected to a server of this process, as an address of the world; undefined for an outsider. */
  peerAddress(accepted: Socket): string | undefined;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** @throws Error if a port is in use, or `many` is asked for where only 127.0.0.1 can be bound */
export async function startDataPlane({ clock, random, ...options }: DataPlaneOptions): Promise<DataPlane> {
  const cells = new Map<Cell, ServedSockets>();
  const loopback = await openLoopback(options.loopback, () =>
    [...cells.keys()].map(({ network }) => network),
  );
  const realTime = wallClock();
  const certificates = openCertificates(() => realTime.now());
  const privateLink = serveEndpoints({ loopback, random });
  const reachable = endpoints({ clock, loopback, random });
  const front = apiServer({
    cells: { [Symbol.iterator]: () => cells.keys() },
    endpoints: reachable,
    clock: realTime,
    random,
  });
  const clients = openConnections(front);
  const apiPort = await listen(front, { host: HOST, port: options.apiPort });
  const dns = await startDnsServer(options.dnsPort, (name) => recordsOf(cells.keys(), name, random)).catch(
    async (error: unknown) => {
      await closed(front);
      throw error;
    },
  );

  return {
    apiEndpoint: `http://${HOST}:${apiPort}`,
    dnsServer: `${HOST}:${dns.port}`,
    get certificateAuthority() {
      return certificates.authority;
    },
    prober: socketProber(loopback, clock),
    attach(cell) {
      if (cells.has(cell)) return;
      cells.set(cell, serveSockets(cell, { loopback, random, certificates }));
      privateLink.attach(cell);
    },
    async settled() {
      await Promise.all([...cells.values(), privateLink].map((sockets) => sockets.settled()));
    },
    where: loopback.where,
    peerAddress: (accepted) => loopback.peer(accepted)?.address,
    async close() {
      for (const sockets of [...cells.values(), privateLink]) sockets.close();
      for (const client of clients) client.destroy();
      await Promise.all([closed(front), dns.close()]);
      // Last, as a client that goes is told of to its API's backend.
      reachable.close();
      realTime.close();
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
