import type { Clock } from './clock/clock.ts';
import type { Cell, Servers } from './core/cell.ts';
import type { Random } from './core/random.ts';
import { silence } from './faults/dead-node.ts';
import { Faults } from './faults/faults.ts';
import { ThrottleBuckets } from './faults/throttle-buckets.ts';
import { followLogs } from './services/cloudwatch/follow-logs.ts';
import { measureAtRest } from './services/cloudwatch/measure-at-rest.ts';
import { followInterfaces } from './services/events/interface-trail.ts';
import { Alarms } from './world/alarms/alarms.ts';
import { Apis } from './world/apis/apis.ts';
import { AutoScaler } from './world/auto-scaling/auto-scaler.ts';
import { AutoScaling } from './world/auto-scaling/auto-scaling.ts';
import { nothing, type StartInstance } from './world/compute/instance-software.ts';
import { Machines } from './world/compute/machines.ts';
import { EventRules } from './world/events/event-rules.ts';
import { EventSourceMappings } from './world/functions/event-source-mappings.ts';
import { Functions } from './world/functions/functions.ts';
import type { Runner } from './world/functions/runner.ts';
import type { Identity } from './world/identity/identity.ts';
import { Fleet } from './world/load-balancing/fleet.ts';
import { HealthChecks } from './world/load-balancing/health-checks.ts';
import { LoadBalancing } from './world/load-balancing/load-balancing.ts';
import { LoadScaling } from './world/load-balancing/load-scaling.ts';
import type { Prober } from './world/load-balancing/probe.ts';
import type { Timings } from './world/load-balancing/timings.ts';
import { worldProber } from './world/load-balancing/world-prober.ts';
import { LogGroups } from './world/logs/log-groups.ts';
import { Gauges } from './world/metrics/gauges.ts';
import { Metrics } from './world/metrics/metrics.ts';
import { Names } from './world/names/names.ts';
import { createDefaultVpc } from './world/network/create-vpc.ts';
import { Hosts } from './world/network/hosts.ts';
import { Network } from './world/network/network.ts';
import { Parameters } from './world/parameters/parameters.ts';
import { Queues } from './world/queues/queues.ts';
import { Stacks } from './world/stacks/stacks.ts';
import { Buckets } from './world/storage/buckets.ts';
import { Topics } from './world/topics/topics.ts';

export interface CellOptions {
  account: string;
  region: string;
  clock: Clock;
  random: Random;
  servers: Servers;
  timings: Timings;
  identity: Identity;
  identityOf(account: string): Identity;
  /** All that there are, this one among them. @default this one alone */
  cells?(): Iterable<Cell>;
  runner: Runner;
  /** Whether AWS's limits on the rate of calls are enforced. */
  throttling?: boolean;
  /** How health checks are made; by looking at the world where there are no sockets. */
  prober: Prober | undefined;
  /** What instances serve; nothing where nobody says. */
  startInstance?: StartInstance | undefined;
}

/** A region of an account as AWS hands it over: a default VPC and nothing else. */
export function createCell(options: CellOptions): Cell {
  const { account, region, clock, random, servers, timings, identity, identityOf } = options;
  const network = new Network(random);
  const hosts = new Hosts();
  const loadBalancing = new LoadBalancing();
  const fleet = new Fleet({ account, clock, random, network, loadBalancing, timings });
  const cells = options.cells ?? (() => [cell]);
  const prober = options.prober ?? worldProber(cells);
  const healthChecks = new HealthChecks({ clock, network, loadBalancing, prober, timings });
  loadBalancing.changes.subscribe(() => healthChecks.follow());
  createDefaultVpc(network, { account, region });
  const startInstance = options.startInstance ?? nothing;
  const machines = new Machines({ account, region, clock, network, hosts, loadBalancing, startInstance });
  const autoScaling = new AutoScaling();
  const autoScaler = new AutoScaler({
    clock,
    random,
    network,
    identity,
    machines,
    loadBalancing,
    autoScaling,
  });
  const cell: Cell = {
    account,
    region,
    clock,
    random,
    servers,
    identity,
    cells,
    identityOf,
    network,
    hosts,
    machines,
    names: new Names(),
    loadBalancing,
    fleet,
    loadScaling: new LoadScaling({ clock, fleet, loadBalancing }),
    autoScaling,
    autoScaler,
    functions: new Functions(options.runner),
    eventRules: new EventRules(),
    parameters: new Parameters(),
    queues: new Queues(
      ({ name }) => cell.faults.strikeDoing({ kind: 'duplicate-event', of: 'queue', name }) !== undefined,
    ),
    eventSourceMappings: new EventSourceMappings(),
    buckets: new Buckets(),
    repositories: new Set(),
    logGroups: new LogGroups(),
    metrics: new Metrics(clock),
    gauges: new Gauges(clock, () => measureAtRest(cell)),
    alarms: new Alarms(),
    dashboards: new Map(),
    topics: new Topics(),
    apis: new Apis(random, clock),
    stacks: new Stacks(),
    faults: new Faults(random, (fault, over) => silence(cell, fault, over)),
    throttleBuckets: options.throttling ? new ThrottleBuckets(clock) : undefined,
  };
  followInterfaces(cell);
  followLogs(cell);
  loadBalancing.changes.subscribe(() => cell.gauges.start());
  return cell;
}
