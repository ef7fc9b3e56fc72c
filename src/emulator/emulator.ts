import type { Socket } from 'node:net';
import { performAction } from './admin/actions.ts';
import { adminRoute } from './admin/admin-route.ts';
import { type Script, type ScriptEvent, Scripts } from './admin/scripts.ts';
import type { Clock } from './clock/clock.ts';
import { wallClock } from './clock/wall-clock.ts';
import { customResourceRoute } from './cloudformation/custom-resource/callback.ts';
import { Accounts } from './core/accounts.ts';
import type { Cell, Servers } from './core/cell.ts';
import { seeded } from './core/random.ts';
import { createCell } from './create-cell.ts';
import { startDataPlane } from './data-plane/data-plane.ts';
import { recordsOf } from './data-plane/dns/answers.ts';
import { reply, type Transport } from './data-plane/dns/reply.ts';
import type { LoopbackMode } from './data-plane/loopback/loopback.ts';
import type { Place, SocketAddress } from './data-plane/loopback/socket-address.ts';
import { awsRoute } from './endpoint/aws-route.ts';
import { openEndpoint } from './endpoint/endpoint.ts';
import { ProcessRunner } from './runtime/process-runner.ts';
import { services } from './services/services.ts';
import type { StartInstance } from './world/compute/instance-software.ts';
import { Identity } from './world/identity/identity.ts';
import { defaultTimings, type Timings } from './world/load-balancing/timings.ts';

/** Options of `startEmulator`. */
export interface EmulatorOptions {
  /** Port of the endpoint on 127.0.0.1; 0 lets the system choose. @default 4566 */
  port?: number;
  /** Sockets for load balancers, DNS and API Gateway; `false` leaves the world without, and health checks look at it directly. */
  dataPlane?: false | DataPlaneSettings;
  /** @default the wall clock */
  clock?: Clock;
  timings?: Partial<Timings>;
  /** Whether AWS's documented limits on the rate of calls are enforced. @default false */
  throttling?: boolean;
  /** Says what an instance serves, as it starts; without it, instances serve nothing. */
  startInstance?: StartInstance;
  /** Seed of every identifier and every choice by chance. @default the time */
  seed?: number;
}

/** Where the sockets of the local AWS are. */
export interface DataPlaneSettings {
  /** Port of API Gateway on 127.0.0.1; 0 lets the system choose. @default 8080 */
  apiPort?: number;
  /** Port of the DNS server on 127.0.0.1. @default the system's choice */
  dnsPort?: number;
  /** Whether each address has a loopback address of its own, or all share 127.0.0.1. @default `auto`: what this machine can do */
  loopback?: LoopbackMode | 'auto';
}

/** A local AWS that runs. */
export interface Emulator {
  /** What `AWS_ENDPOINT_URL` is set to: `http://127.0.0.1:4566`. */
  endpoint: string;
  servers: Readonly<Servers>;
  clock: Clock;
  /** The world of an account and region; the default ones where none are named. */
  cell(account?: string, region?: string): Cell;
  /** Where on this machine an address of the world is served, for who connects as an outsider. */
  where(at: SocketAddress): Place | undefined;
  /** PEM of the authority that certifies HTTPS and TLS listeners; undefined without a data plane. */
  readonly certificateAuthority: string | undefined;
  /** Who connected to a server of this process, as an address of the world; undefined for an outsider. */
  peerAddress(accepted: Socket): string | undefined;
  /**
   * Has events happen to the world of an account and region, each at its time; what became of them is written into
   * what is returned.
   */
  play(events: readonly ScriptEvent[], cell?: Cell): Script;
  /** Answers a DNS message as the DNS server does, without its sockets; undefined where no answer is due. */
  answerDns(message: Buffer, transport: Transport): Buffer | undefined;
  close(): Promise<void>;
}

/**
 * Starts a local AWS on loopback addresses.
 *
 * @throws Error when a port is in use
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const ownClock = options.clock ? undefined : wallClock();
  const clock = options.clock ?? (ownClock as Clock);
  const random = seeded(options.seed ?? Date.now());
  const timings = { ...defaultTimings, ...options.timings };
  const servers: Servers = { endpoint: '', dns: undefined, apis: undefined };
  const runner = new ProcessRunner();
  const identities = new Map<string, Identity>();

  const dataPlane = await openDataPlane(options.dataPlane ?? {}, clock, random);
  servers.dns = dataPlane?.dnsServer;
  servers.apis = dataPlane?.apiEndpoint;

  const identityOf = (account: string): Identity => {
    const identity = identities.get(account) ?? new Identity({ account, clock, random });
    identities.set(account, identity);
    return identity;
  };
  const accounts = new Accounts((account, region) => {
    const cell = createCell({
      account,
      region,
      clock,
      random,
      servers,
      timings,
      identity: identityOf(account),
      identityOf,
      cells: () => accounts.cells,
      runner,
      prober: dataPlane?.prober,
      throttling: options.throttling ?? false,
      startInstance: options.startInstance,
    });
    dataPlane?.attach(cell);
    return cell;
  });

  const scripts: Scripts = new Scripts(clock, (cell, request) =>
    performAction({ cell, clock, scripts }, request),
  );
  const routes = [
    adminRoute(accounts, clock, scripts),
    customResourceRoute((account, region) => accounts.cell(account, region)),
    awsRoute(services, accounts, random),
  ];
  const endpoint = await openEndpoint(options.port ?? 4566, routes).catch(async (error: unknown) => {
    await dataPlane?.close();
    throw error;
  });
  servers.endpoint = endpoint.url;

  return {
    endpoint: endpoint.url,
    servers,
    clock,
    cell: (account, region) => accounts.cell(account, region),
    where: (at) => dataPlane?.where(at),
    get certificateAuthority() {
      return dataPlane?.certificateAuthority;
    },
    peerAddress: (accepted) => dataPlane?.peerAddress(accepted),
    play: (events, cell = accounts.cell()) => scripts.start(cell, { events }),
    answerDns: (message, transport) =>
      reply(message, (name) => recordsOf(accounts.cells, name, random), transport),
    async close() {
      ownClock?.close();
      scripts.close();
      for (const cell of accounts.cells) {
        const {
          alarms,
          autoScaler,
          eventRules,
          eventSourceMappings,
          functions,
          gauges,
          loadScaling,
          queues,
        } = cell;
        alarms.close();
        autoScaler.close();
        gauges.close();
        loadScaling.close();
        eventRules.close();
        eventSourceMappings.close();
        queues.close();
        functions.close();
      }
      await runner.close();
      await dataPlane?.close();
      await endpoint.close();
      // Last: what instances serve is not ours, and may fail to stop.
      await Promise.all(accounts.cells.map(({ machines }) => machines.close()));
    },
  };
}

function openDataPlane(
  settings: false | DataPlaneSettings,
  clock: Clock,
  random: () => number,
): Promise<Awaited<ReturnType<typeof startDataPlane>>> | undefined {
  if (settings === false) return undefined;
  const { apiPort = 8080, dnsPort = 0, loopback = 'auto' } = settings;
  return startDataPlane({ clock, random, apiPort, dnsPort, loopback });
}
