import { every } from '../src/emulator/clock/clock.ts';
import type { Cell } from '../src/emulator/core/cell.ts';
import type { Outcome } from '../src/engine/outcome.ts';
import { type KeptAnswers, keptAnswers } from '../src/sources/dns/kept-answers.ts';
import { clientsOf } from './aws/clients.ts';
import { type ResolverCaches, resolveOf, resolverCaches } from './aws/dns.ts';
import { replicaOf } from './aws/replica.ts';
import { createRun, type Run, timeLimit } from './aws/run.ts';
import { Sightings } from './aws/sightings.ts';
import { type Dice, diceOf } from './dice.ts';
import { Inspector, type Violation } from './invariants/inspector.ts';
import { invokeAsIs, type Plant } from './plants/plant.ts';
import type { Scenario } from './scenario.ts';
import { Chronicle } from './truth/chronicle.ts';
import { Events } from './world/events.ts';
import { createWorld, type SimulatedWorld } from './world/world.ts';

/** How much happened: what a number of seeds is worth. */
export interface Tally {
  runs: number;
  killed: number;
  passes: number;
  calls: number;
  writes: number;
  faults: number;
  events: number;
}

export interface SimulationOptions {
  scenario: Scenario;
  plant: Plant | undefined;
  /** Takes a line of the trace. */
  write: ((line: string) => void) | undefined;
}

export interface RunOptions {
  calm: boolean;
  latency: number;
  killedAt?: number | undefined;
}

/** One world, the runs in it, and who watches them. */
export class Simulation {
  readonly world: SimulatedWorld;
  readonly chronicle: Chronicle;
  readonly inspector: Inspector;
  readonly events: Events;
  readonly faultDice: Dice;
  readonly resolvers: ResolverCaches = resolverCaches();
  readonly tally: Tally = { runs: 0, killed: 0, passes: 0, calls: 0, writes: 0, faults: 0, events: 0 };
  /** The first that was broken; nothing goes on after it. */
  violation: Violation | undefined;
  /** What a read tells may be as old as this. */
  lag: number;
  readonly #latencies: Dice;
  readonly #keptAnswers: KeptAnswers;
  /** What those that keep answers for one another were answered. */
  readonly #answers = new Map();
  readonly #options: SimulationOptions;
  readonly #began: number;
  #replica: Cell;
  #defect: unknown;

  private constructor(world: SimulatedWorld, options: SimulationOptions) {
    const { scenario } = options;
    const { clock, cell } = world;
    this.world = world;
    this.#options = options;
    this.#began = clock.now();
    this.lag = Math.max(scenario.readLag, scenario.dnsLag + keptFor(scenario));
    this.#keptAnswers = keptAnswers(clock.now);
    this.faultDice = diceOf(scenario.seed, 'faults');
    this.#latencies = diceOf(scenario.seed, 'latencies');
    this.chronicle = new Chronicle(world.bindings, clock.now);
    this.inspector = new Inspector({
      chronicle: this.chronicle,
      now: clock.now,
      lag: () => this.lag,
      report: (violation) => this.fail(violation),
    });
    this.events = new Events(world, diceOf(scenario.seed, 'events'), (line) => this.trace(line));
    cell.network.changes.subscribe(() => this.chronicle.look());
    cell.loadBalancing.changes.subscribe(() => this.chronicle.look());
    this.#replica = replicaOf(cell);
    if (scenario.readLag > 0) every(clock, scenario.readLag, () => this.#refresh());
  }

  static async create(options: SimulationOptions): Promise<Simulation> {
    return new Simulation(await createWorld(options.scenario), options);
  }

  /** Moves time on, until something is broken. */
  async advance(milliseconds: number): Promise<void> {
    await this.world.clock.advance(milliseconds, () => this.violation !== undefined);
    if (this.#defect === undefined) return;
    const seed = this.world.scenario.seed;
    throw new Error(`seed ${seed}: the simulation itself failed`, { cause: this.#defect });
  }

  /** Starts one invocation of `sync` as it is, or with a mistake planted. */
  start({ calm, latency, killedAt }: RunOptions): Run {
    const run = createRun({
      id: `run ${++this.tally.runs}`,
      clock: this.world.clock,
      dice: this.#latencies,
      calm,
      latency,
      killedAt,
      sightings: new Sightings(this.world.scenario.keepsAnswers ? this.#answers : undefined),
      onKill: () => {
        this.tally.killed++;
        this.trace(() => `${run.id}  killed`);
      },
    });
    this.trace(() => `${run.id}  starts`);
    void this.#invoke(run);
    return run;
  }

  /** The data that a read gets: AWS's latest, or those of a replica that lags. */
  readableCell(run: Run): Cell {
    const isStale = !run.calm && this.#options.scenario.readLag > 0 && this.faultDice.chance(0.5);
    return isStale ? this.#replica : this.world.cell;
  }

  trace(line: () => string): void {
    this.#options.write?.(`${this.#time()}  ${line()}`);
  }

  fail(violation: Violation): void {
    if (this.violation) return;
    this.trace(() => `BROKEN ${violation.invariant}: ${violation.message}`);
    this.violation = violation;
  }

  /** An error of the simulation's own making: nothing that happens after it means anything. */
  defect(error: unknown): Error {
    this.#defect ??= error;
    return error instanceof Error ? error : new Error(String(error));
  }

  async #invoke(run: Run): Promise<void> {
    const { world } = this;
    const clients = clientsOf(this, run);
    const invoke = this.#options.plant?.invoke ?? invokeAsIs;
    try {
      const outcomes = await invoke(world.config(), {
        clientsOf: () => clients,
        resolve: resolveOf(this, run),
        wait: world.clock.sleep,
        now: world.clock.now,
        ...(world.scenario.keepsAnswers && { keptAnswers: this.#keptAnswers }),
        write: () => {},
      });
      run.ended = 'finished';
      for (const outcome of outcomes) {
        this.tally.passes++;
        this.trace(() => `${run.id}  ${told(outcome)}`);
        this.inspector.passed(run, outcome);
      }
    } catch (error) {
      this.defect(error);
    }
  }

  #refresh(): void {
    this.#replica = replicaOf(this.world.cell);
  }

  #time(): string {
    const milliseconds = this.world.clock.now() - this.#began;
    const minutes = String(Math.floor(milliseconds / 60_000)).padStart(3);
    const seconds = ((milliseconds % 60_000) / 1_000).toFixed(3).padStart(6, '0');
    return `${minutes}:${seconds}`;
  }
}

/** How old an answer of DNS gets that runs keep for one another: so long from when it reaches the one who asked. */
function keptFor({ keepsAnswers, another }: Scenario): number {
  return keepsAnswers ? timeLimit + (another?.ttl ?? 0) : 0;
}

function told(outcome: Outcome): string {
  const changes = [
    ...outcome.added.map((address) => `+${address}`),
    ...outcome.removed.map(({ address, cause }) => `-${address} (${cause})`),
    ...outcome.withheld.map(({ address, reason }) => `withheld ${address} (${reason})`),
    ...outcome.errors.map(({ message }) => `error: ${message}`),
  ];
  return `pass of ${outcome.binding}: ${changes.join(', ') || 'nothing to do'}`;
}
