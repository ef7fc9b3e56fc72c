import { type Dice, diceOf } from './dice.ts';
import { type Further, furtherOf } from './further.ts';

const second = 1_000;
const minute = 60 * second;

/** What kind of world a seed stands for. Times are in milliseconds. */
export interface Scenario extends Further {
  seed: number;
  /** How long events and faults go on. */
  chaos: number;
  /** Between two events of the world, on average. */
  eventEvery: number;
  /** Between two scheduled runs. */
  tick: number;
  /** Probability that a tick starts two runs. */
  duplicates: number;
  /** Probability that a run is killed at one of its calls. */
  kills: number;
  /** The longest that a call is on its way, and its answer on its way back: each run has one of these. */
  latencies: readonly number[];
  /** Reads of AWS may be as old as this; 0: they are fresh. */
  readLag: number;
  /** Resolvers keep an answer as long as this; 0: they ask each time. */
  dnsLag: number;
  /** Probability that a call fails in one of the ways that calls fail. */
  faults: number;
  /** Probability that a listing of a load balancer's interfaces leaves some out, or all. */
  partialListings: number;
  dnsFailures: number;
  /** The most that a page of a listing holds, whatever the caller asks for. */
  pageSize: number;
  /** Whether the role may read VPCs; without, nobody can tell that an address is gone. */
  mayDescribeVpcs: boolean;
  nodeStart: number;
  nodeLeave: number;
  registration: number;
  checkInterval: number;
  deregistrationDelay: number;
  mostNodes: number;
  policy: { minHealthyPercent: number; maxRemovals: number | undefined };
  earlyDrain: boolean;
  /** Whether a binding in mode `upsert-only` is there, with somebody's target on its port. */
  upsertOnly: boolean;
  /** Addresses of a static source at the most; 0: there is none. Some seeds have enough for several calls. */
  declared: number;
}

export function scenarioOf(seed: number): Scenario {
  const dice = diceOf(seed, 'scenario');
  const any = { ...anyScenario(seed, dice), ...furtherOf(diceOf(seed, 'further')) };
  const scenario = dice.chance(0.2) ? { ...any, ...contended(dice) } : any;
  return scenario.room === undefined ? scenario : { ...scenario, ...quickly(scenario.room) };
}

/**
 * Where room is short, one target may have to leave before the next can come: not so slowly that it takes hours, and
 * often one that works on.
 */
function quickly(room: number): Partial<Scenario> {
  return {
    mostNodes: room,
    nodeLeave: 150 * second,
    earlyDrain: true,
    dnsFailures: 0,
    deregistrationDelay: 60 * second,
    registration: 10 * second,
    checkInterval: 10 * second,
  };
}

/** Fresh reads, nodes that come quickly, and slow runs among fast ones: where runs are most in each other's way. */
function contended(dice: Dice): Partial<Scenario> {
  return {
    eventEvery: dice.between(8, 15) * second,
    tick: 10 * second,
    latencies: [50, dice.between(2, 4) * second],
    kills: 0,
    readLag: 0,
    dnsLag: 0,
    dnsFailures: 0,
    nodeStart: dice.between(5, 15) * second,
    mostNodes: 4,
    earlyDrain: true,
  };
}

function anyScenario(seed: number, dice: Dice): Omit<Scenario, keyof Further> {
  const stale = dice.chance(0.4);
  const mayDescribeVpcs = dice.chance(0.9);
  return {
    seed,
    chaos: dice.between(5, 10) * minute,
    eventEvery: dice.between(8, 30) * second,
    ...runsOf(dice),
    readLag: stale ? dice.between(2, 15) * second : 0,
    dnsLag: stale ? dice.pick([0, 5 * second, 60 * second]) : 0,
    faults: dice.pick([0, 0.02, 0.06, 0.12]),
    partialListings: dice.pick([0, 0, 0.1, 0.25]),
    dnsFailures: dice.pick([0, 0.1, 0.4]),
    pageSize: dice.pick([5, 5, 7, 1_000]),
    mayDescribeVpcs,
    nodeStart: dice.between(5, 40) * second,
    nodeLeave: dice.between(30, 150) * second,
    registration: dice.between(5, 60) * second,
    checkInterval: dice.pick([10, 10, 30]) * second,
    deregistrationDelay: dice.pick([0, 60, 120, 300]) * second,
    mostNodes: dice.pick([3, 5, 12]),
    policy: {
      minHealthyPercent: dice.pick([100, 100, 100, 75, 50]),
      maxRemovals: dice.chance(0.2) ? dice.between(1, 2) : undefined,
    },
    earlyDrain: dice.chance(0.85),
    upsertOnly: dice.chance(0.4),
    declared: dice.chance(0.25) ? dice.pick([4, 4, 4, 4, 4, 4, 4, 4, 4, 130]) : 0,
  };
}

function runsOf(dice: Dice): Pick<Scenario, 'tick' | 'duplicates' | 'kills' | 'latencies'> {
  return {
    tick: dice.pick([10 * second, 10 * second, 20 * second, minute]),
    duplicates: dice.pick([0, 0.2, 0.5]),
    kills: dice.pick([0, 0.1, 0.3]),
    latencies: dice.pick([[50], [50, 800], [50, 3 * second], [50, 50, 4 * second]]),
  };
}
