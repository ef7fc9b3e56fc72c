import type { Clock } from '../clock/clock.ts';
import type { Cell } from '../core/cell.ts';
import { seeded, uuid } from '../core/random.ts';
import type { Call } from '../core/service.ts';
import { Faults } from '../faults/faults.ts';
import { Alarms } from '../world/alarms/alarms.ts';
import { EventRules } from '../world/events/event-rules.ts';
import { EventSourceMappings } from '../world/functions/event-source-mappings.ts';
import { Functions } from '../world/functions/functions.ts';
import type { Runner } from '../world/functions/runner.ts';
import { Identity } from '../world/identity/identity.ts';
import { LogGroups } from '../world/logs/log-groups.ts';
import { Gauges } from '../world/metrics/gauges.ts';
import { Metrics } from '../world/metrics/metrics.ts';
import { Parameters } from '../world/parameters/parameters.ts';
import { Queues } from '../world/queues/queues.ts';
import { Buckets } from '../world/storage/buckets.ts';
import { Topics } from '../world/topics/topics.ts';

const account = '000000000000';

/** A call in a cell that has no networks and no load balancers: what functions, roles, rules and logs need. */
export function serverlessCall({ clock, runner }: { clock: Clock; runner: Runner }): Call {
  const random = seeded(1);
  const identities = new Map<string, Identity>();
  const identityOf = (of: string): Identity => {
    const identity = identities.get(of) ?? new Identity({ account: of, clock, random });
    identities.set(of, identity);
    return identity;
  };
  const cell: Partial<Cell> = {
    account,
    region: 'us-east-1',
    clock,
    random,
    servers: { endpoint: 'http://127.0.0.1:4566', dns: undefined, apis: undefined },
    identity: identityOf(account),
    identityOf,
    faults: new Faults(random, () => () => {}),
    functions: new Functions(runner),
    eventRules: new EventRules(),
    parameters: new Parameters(),
    queues: new Queues(() => false),
    eventSourceMappings: new EventSourceMappings(),
    buckets: new Buckets(),
    logGroups: new LogGroups(),
    metrics: new Metrics(clock),
    gauges: new Gauges(clock, () => false),
    alarms: new Alarms(),
    dashboards: new Map(),
    topics: new Topics(),
  };
  return { cell: cell as Cell, caller: `arn:aws:iam::${account}:root`, requestId: uuid(random) };
}
