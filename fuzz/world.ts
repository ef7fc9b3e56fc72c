import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { sdkError } from '../simulation/aws/faults.ts';
import { type RunOptions, run } from '../src/app/run.ts';
import type { AwsClients } from '../src/aws/clients.ts';
import { parseConfig } from '../src/config/parse-config.ts';
import { type SteppedClock, steppedClock } from '../src/emulator/clock/stepped-clock.ts';
import { AwsError } from '../src/emulator/core/aws-error.ts';
import type { Cell } from '../src/emulator/core/cell.ts';
import { execute } from '../src/emulator/core/execute.ts';
import { seeded } from '../src/emulator/core/random.ts';
import type { Service } from '../src/emulator/core/service.ts';
import { createCell } from '../src/emulator/create-cell.ts';
import { ec2 } from '../src/emulator/services/ec2/index.ts';
import { elbv2 } from '../src/emulator/services/elbv2/index.ts';
import { Identity } from '../src/emulator/world/identity/identity.ts';
import { type Filled, fill } from './fill.ts';

export interface Write {
  operation: string;
  input: Record<string, unknown>;
}

/**
 * A local AWS in which every sink holds what its source names, so that no pass has anything to do. Once it is so, it is
 * sealed: writes are noted and have no effect, and the next case finds the same world.
 */
export interface FuzzWorld extends Filled {
  clock: SteppedClock;
  clients: AwsClients;
  /** Calls since the last `forget`. */
  calls: string[];
  /** Writes since the last `forget`. */
  writes: Write[];
  forget(): void;
  /** What a run is given; DNS is honest. */
  reach: RunOptions;
}

const account = '123456789012';
const region = 'us-east-1';

export async function createFuzzWorld(): Promise<FuzzWorld> {
  const clock = steppedClock();
  const cell = createFuzzCell(clock);
  const calls: string[] = [];
  const writes: Write[] = [];
  const seal = { closed: false };
  const clients = clientsOf(cell, (operation, input) => {
    calls.push(operation);
    const isWrite = !/^(Describe|Get)/.test(operation);
    if (isWrite) writes.push({ operation, input });
    return seal.closed && isWrite;
  });
  const filled = await fill(cell, clients, clock);
  const forget = (): void => {
    calls.length = 0;
    writes.length = 0;
  };
  const reach: RunOptions = {
    clientsOf: () => clients,
    resolve: async ({ name, type }) =>
      type === 'A'
        ? { kind: 'answered', values: filled.webNodes, ttl: 60, truncated: false, authoritative: false }
        : { kind: 'unanswered', failure: 'no-records', message: `no ${type} of ${name}` },
    wait: (milliseconds) => clock.advance(milliseconds),
    now: () => clock.now(),
    write: (line) => void JSON.parse(line),
  };
  const world = { ...filled, clock, clients, calls, writes, forget, reach };
  await settle(world);
  seal.closed = true;
  forget();
  return world;
}

/** Two passes, and time for health checks between: the second must find nothing to do. */
async function settle(world: FuzzWorld): Promise<void> {
  const config = parseConfig(world.config, 'the configuration of the fuzzed world');
  await run(config, world.reach);
  await world.clock.advance(120_000);
  world.forget();
  const outcomes = await run(config, world.reach);
  const errors = outcomes.flatMap((outcome) => outcome.errors.map(({ message }) => message));
  const isWorking = outcomes.every(({ healthy }) => healthy === undefined || healthy.length > 0);
  if (errors.length > 0 || world.writes.length > 0 || !isWorking)
    throw new Error(`the fuzzed world is not at rest: ${JSON.stringify({ errors, writes: world.writes })}`);
}

function createFuzzCell(clock: SteppedClock): Cell {
  const random = seeded(1);
  const identity = new Identity({ account, clock, random });
  return createCell({
    account,
    region,
    clock,
    random,
    servers: { endpoint: '', dns: undefined, apis: undefined },
    timings: {
      provisioning: 0,
      nodeStart: 0,
      nodeLeave: 60_000,
      registration: { application: 0, network: 0 },
    },
    identity,
    identityOf: () => identity,
    runner: { run: () => Promise.reject(new Error('no functions run here')), retire: () => {} },
    prober: undefined,
  });
}

/** Whether a call is one that takes something away. */
export function isRemoval({ operation, input }: Write): boolean {
  if (operation === 'ModifyManagedPrefixList') return input.RemoveEntries !== undefined;
  return /^(Deregister|Revoke|Delete)/.test(operation);
}

type Seen = (operation: string, input: Record<string, unknown>) => boolean;

/** Clients that reach the cell within this process; a call is dropped if `seen` says so. */
function clientsOf(cell: Cell, seen: Seen): AwsClients {
  return {
    ec2: standIn(EC2Client, (command) => send(cell, ec2, command, seen)),
    elbv2: standIn(ElasticLoadBalancingV2Client, (command) => send(cell, elbv2, command, seen)),
  };
}

interface Command {
  input: Record<string, unknown>;
}

/** Of the SDK's class, which its paginators insist on, with another way to send. */
function standIn<Client extends object>(
  { prototype }: { prototype: Client },
  send: (command: Command) => Promise<unknown>,
): Client {
  return Object.assign(Object.create(prototype) as Client, { send });
}

async function send(cell: Cell, service: Service, command: Command, seen: Seen): Promise<unknown> {
  const operation = command.constructor.name.replace(/Command$/, '');
  if (seen(operation, command.input)) return {};
  const call = { cell, caller: `arn:aws:iam::${account}:root`, requestId: 'fuzzed' };
  try {
    const handlers = service as Service<Record<string, () => unknown>>;
    return await execute(handlers, operation, command.input as never, call);
  } catch (error) {
    if (error instanceof AwsError) throw sdkError(error.code, error.message, error.status);
    throw error;
  }
}
