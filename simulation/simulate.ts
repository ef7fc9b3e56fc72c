import { type Dice, diceOf } from './dice.ts';
import type { Violation } from './invariants/inspector.ts';
import type { Plant } from './plants/plant.ts';
import { scenarioOf } from './scenario.ts';
import { Simulation, type Tally } from './simulation.ts';
import { isAbsent, isForeign, isOwn, isRegistered } from './truth/standing.ts';
import { longestBurial } from './world/events.ts';

const second = 1_000;
const minute = 60 * second;

/** What came of one seed. */
export interface Verdict {
  seed: number;
  violation: Violation | undefined;
  tally: Tally;
}

export interface SimulateOptions {
  plant?: Plant | undefined;
  /** Takes a line of the trace. */
  write?: ((line: string) => void) | undefined;
}

/** How long a run may take, after which it is over one way or another. */
const runTime = 60 * second;
const drills = 2;

/** Lives through one seed: a hostile time, then a quiet one in which everything has to come right. */
export async function simulate(seed: number, { plant, write }: SimulateOptions = {}): Promise<Verdict> {
  const scenario = scenarioOf(seed);
  const simulation = await Simulation.create({ scenario, plant, write });
  const dice = diceOf(seed, 'schedule');
  await hostileTime(simulation, dice);
  await quietTime(simulation);
  await converge(simulation, 'I3', 'after the faults');
  await doNothing(simulation);
  for (let drill = 0; drill < drills && !simulation.violation; drill++) await crash(simulation, dice);
  simulation.tally.events = simulation.events.count;
  return { seed, violation: simulation.violation, tally: simulation.tally };
}

/** Events, faults, and runs that are late, doubled and killed. */
async function hostileTime(simulation: Simulation, dice: Dice): Promise<void> {
  const { scenario, clock } = simulation.world;
  const end = clock.now() + scenario.chaos;
  const again = (most: number, action: () => void): void => {
    clock.launch(dice.between(1, most), () => {
      if (clock.now() > end) return;
      action();
      again(most, action);
    });
  };
  again(2 * scenario.eventEvery, () => simulation.events.happen());
  const start = (): void => {
    if (clock.now() > end) return;
    const latency = dice.pick(scenario.latencies);
    const killedAt = dice.chance(scenario.kills) ? dice.between(1, 40) : undefined;
    simulation.start({ calm: false, latency, killedAt });
    if (dice.chance(scenario.duplicates)) clock.launch(dice.between(0, scenario.tick), start);
  };
  for (let at = dice.between(0, scenario.tick); at < scenario.chaos; at += scenario.tick)
    clock.launch(at, start);
  await simulation.advance(scenario.chaos + runTime);
}

/** Nobody does anything until what has begun has come to its end. */
async function quietTime(simulation: Simulation): Promise<void> {
  const { scenario } = simulation.world;
  simulation.trace(() => 'quiet');
  simulation.events.settle();
  await simulation.advance(longestBurial + scenario.nodeStart + scenario.nodeLeave + runTime);
  simulation.lag = 0;
}

async function pass(simulation: Simulation): Promise<number> {
  const run = simulation.start({ calm: true, latency: 20 });
  await simulation.advance(runTime);
  return run.writes;
}

/** I3, and I10 after a crash: every binding holds the truth after so many passes. */
async function converge(simulation: Simulation, invariant: string, when: string): Promise<void> {
  const most = mostPasses(simulation);
  for (let count = 0; count < most && !simulation.violation; count++) {
    await pass(simulation);
    if (differences(simulation).length === 0) return;
  }
  const wrong = differences(simulation);
  simulation.fail({ invariant, message: `${most} passes ${when}: ${wrong.join('; ')}` });
}

/**
 * One pass is enough where everything that is to go can be told to be gone, and there is room for what is to come. A
 * cap on removals asks for more; so does whoever cannot tell what is gone, who has to wait until AWS has judged the
 * targets; and where room is short, targets may have to replace each other one at a time.
 */
function mostPasses({ world, chronicle }: Simulation): number {
  const { policy, mayDescribeVpcs, registration, checkInterval, deregistrationDelay, room } = world.scenario;
  const stale = chronicle.bindings.map(
    ({ addresses, standing, held }) =>
      addresses().filter((address) => !isAbsent(held(address).current) && !isOwn(standing(address).current))
        .length,
  );
  const capped = policy.maxRemovals === undefined ? 1 : Math.ceil(Math.max(1, ...stale) / policy.maxRemovals);
  const isTold = mayDescribeVpcs && chronicle.bindings.every(({ binding }) => binding.source.tellsWhatIsGone);
  const judging = Math.ceil((registration + 3 * checkInterval) / minute);
  const replacing = room === undefined ? 0 : room * (1 + judging + Math.ceil(deregistrationDelay / minute));
  return Math.max(1, capped) + (isTold ? 0 : judging) + replacing;
}

/** Where a binding's sink is not what its source says, in truth. */
function differences({ chronicle }: Simulation): string[] {
  return chronicle.bindings.flatMap(({ binding: { name, policy }, addresses, standing, held }) =>
    addresses().flatMap((address) => {
      const own = isOwn(standing(address).current);
      const state = held(address).current;
      if (own) return isRegistered(state) ? [] : [`${name} lacks ${address} (${state})`];
      if (policy.mode === 'upsert-only' || isForeign(state) || isAbsent(state)) return [];
      return [`${name} still has ${address} (${state})`];
    }),
  );
}

/** I8: a pass with nothing to do writes nothing. */
async function doNothing(simulation: Simulation): Promise<void> {
  if (simulation.violation) return;
  const writes = await pass(simulation);
  if (writes > 0)
    simulation.fail({ invariant: 'I8', message: `a pass with nothing to do made ${writes} writes` });
}

/** I10: the world changes, a run is killed somewhere, and the next one makes good. */
async function crash(simulation: Simulation, dice: Dice): Promise<void> {
  const { scenario } = simulation.world;
  for (let event = 0; event < 3; event++) simulation.events.happen();
  simulation.events.settle();
  await simulation.advance(longestBurial + scenario.nodeStart + scenario.nodeLeave);
  simulation.start({ calm: true, latency: 20, killedAt: dice.between(1, 40) });
  await simulation.advance(runTime);
  if (!simulation.violation) await converge(simulation, 'I10', 'after a crash');
}
