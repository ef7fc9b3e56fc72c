import { type Dice, diceOf } from './dice.ts';
import type { Selector } from './world/sources/selected-interfaces.ts';

const second = 1_000;
const minute = 60 * second;

/** What kind of world a seed stands for. Times are in milliseconds. */
export interface Scenario {
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
  declaredIn: 'target-group' | 'prefix-list';
  /** Besides the target group, what the followed ALB's addresses are in, with one read of them for all. */
  moreSinks: readonly MoreSink[];
  /** Whether interfaces have IPv6 addresses, and a group of them follows the ALB too. */
  dualstack: boolean;
  /** Addresses for which there is room in what follows the ALB; undefined: for all there may ever be. */
  room: number | undefined;
  another: Another | undefined;
  /** Name servers in the configuration; without, those of the zone are found in DNS, if there are any. */
  nameServers: readonly string[] | undefined;
  hasZoneServers: boolean;
  /** Whether runs keep answers of DNS as long as these say, as a program does that stays. */
  keepsAnswers: boolean;
}

export type MoreSink = 'second-port' | 'rules' | 'prefix-list';

/** A binding whose source is no load balancer. */
export interface Another {
  source: 'dns' | 'vpc-endpoint' | 'network-interfaces' | 'merged';
  sink: 'target-group' | 'security-group' | 'prefix-list';
  /** What network interfaces are selected by. */
  selector: Selector;
  /** Of the name, where rules are made for it. */
  family: 'ipv4' | 'ipv6' | 'both';
  /** Of the name, in milliseconds. */
  ttl: number;
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

type Further = Pick<
  Scenario,
  | 'moreSinks'
  | 'dualstack'
  | 'room'
  | 'another'
  | 'nameServers'
  | 'hasZoneServers'
  | 'keepsAnswers'
  | 'declaredIn'
>;

/** What a world has besides; not all at once, which would take long. */
function furtherOf(dice: Dice): Further {
  const kind = dice.pick([
    'none',
    'none',
    'sinks',
    'sinks',
    'sinks',
    'full',
    'dualstack',
    'another',
    'another',
    'another',
  ]);
  const another = kind === 'another' ? anotherOf(dice) : undefined;
  return {
    moreSinks: kind === 'sinks' || kind === 'full' ? sinksOf(dice, kind) : [],
    dualstack: kind === 'dualstack',
    room: kind === 'full' ? dice.between(3, 4) : undefined,
    another,
    nameServers: dice.chance(0.2) ? ['10.0.0.2'] : undefined,
    hasZoneServers: dice.chance(0.5),
    keepsAnswers: another?.source === 'dns' && dice.chance(0.3),
    declaredIn: dice.chance(0.3) ? 'prefix-list' : 'target-group',
  };
}

function sinksOf(dice: Dice, kind: 'sinks' | 'full'): MoreSink[] {
  if (kind === 'full') return dice.pick([[], ['rules'], ['prefix-list']]);
  return dice.pick([
    ['prefix-list'],
    ['prefix-list'],
    ['prefix-list', 'second-port'],
    ['rules', 'prefix-list'],
    ['rules', 'second-port'],
  ]);
}

function anotherOf(dice: Dice): Another {
  const source = dice.pick([
    'dns',
    'dns',
    'vpc-endpoint',
    'network-interfaces',
    'network-interfaces',
    'merged',
  ] as const);
  // Nobody answers at an endpoint's addresses here, so nothing there would ever be healthy.
  const answers = source === 'dns' || source === 'network-interfaces';
  return {
    source,
    sink: dice.pick([
      ...(answers ? (['target-group', 'target-group'] as const) : []),
      'security-group',
      'prefix-list',
    ] as const),
    selector: dice.pick(['tag', 'group', 'subnet']),
    family: dice.pick(['ipv4', 'both', 'ipv6']),
    ttl: dice.pick([5, 10, 30]) * second,
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
