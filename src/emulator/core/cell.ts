import type { Clock } from '../clock/clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { ThrottleBuckets } from '../faults/throttle-buckets.ts';
import type { Alarms } from '../world/alarms/alarms.ts';
import type { Dashboard } from '../world/alarms/dashboard.ts';
import type { Apis } from '../world/apis/apis.ts';
import type { AutoScaler } from '../world/auto-scaling/auto-scaler.ts';
import type { AutoScaling } from '../world/auto-scaling/auto-scaling.ts';
import type { Machines } from '../world/compute/machines.ts';
import type { EventRules } from '../world/events/event-rules.ts';
import type { EventSourceMappings } from '../world/functions/event-source-mappings.ts';
import type { Functions } from '../world/functions/functions.ts';
import type { Identity } from '../world/identity/identity.ts';
import type { Fleet } from '../world/load-balancing/fleet.ts';
import type { LoadBalancing } from '../world/load-balancing/load-balancing.ts';
import type { LoadScaling } from '../world/load-balancing/load-scaling.ts';
import type { LogGroups } from '../world/logs/log-groups.ts';
import type { Gauges } from '../world/metrics/gauges.ts';
import type { Metrics } from '../world/metrics/metrics.ts';
import type { Names } from '../world/names/names.ts';
import type { Hosts } from '../world/network/hosts.ts';
import type { Network } from '../world/network/network.ts';
import type { Parameters } from '../world/parameters/parameters.ts';
import type { Queues } from '../world/queues/queues.ts';
import type { Stacks } from '../world/stacks/stacks.ts';
import type { Buckets } from '../world/storage/buckets.ts';
import type { Topics } from '../world/topics/topics.ts';
import type { Random } from './random.ts';

/** Everything that exists in one account and region. */
export interface Cell {
  account: string;
  region: string;
  clock: Clock;
  random: Random;
  /** Where the servers of the local AWS listen; what runs inside it (functions) is told so. */
  servers: Servers;
  /** One for all regions of an account. */
  identity: Identity;
  /** Those of all accounts and regions, this one among them: what one has is reached, or shared, from others. */
  cells(): Iterable<Cell>;
  /** That of any account: roles are assumed across accounts. */
  identityOf(account: string): Identity;
  network: Network;
  hosts: Hosts;
  machines: Machines;
  names: Names;
  loadBalancing: LoadBalancing;
  fleet: Fleet;
  loadScaling: LoadScaling;
  autoScaling: AutoScaling;
  autoScaler: AutoScaler;
  functions: Functions;
  eventRules: EventRules;
  parameters: Parameters;
  queues: Queues;
  eventSourceMappings: EventSourceMappings;
  buckets: Buckets;
  /** Names of container repositories, which hold nothing here. */
  repositories: Set<string>;
  logGroups: LogGroups;
  metrics: Metrics;
  /** What is measured at rest. */
  gauges: Gauges;
  alarms: Alarms;
  /** By name; those of CloudWatch. */
  dashboards: Map<string, Dashboard>;
  topics: Topics;
  apis: Apis;
  stacks: Stacks;
  /** What goes wrong with calls, by order. */
  faults: Faults;
  /** AWS's limits on the rate of calls; none where they are not enforced. */
  throttleBuckets: ThrottleBuckets | undefined;
}

/** Where the servers of the local AWS listen. */
export interface Servers {
  /** `http://127.0.0.1:4566` */
  endpoint: string;
  /** `127.0.0.1:port`; none without a data plane. */
  dns: string | undefined;
  /** `http://127.0.0.1:8080`; none without a data plane. */
  apis: string | undefined;
}
