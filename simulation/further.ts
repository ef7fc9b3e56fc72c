import type { Dice } from './dice.ts';
import type { Selector } from './world/sources/selected-interfaces.ts';

const second = 1_000;

/** What a world has besides the ALB, the NLB and their groups. Times are in milliseconds. */
export interface Further {
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

/** Not all at once, which would take long. */
export function furtherOf(dice: Dice): Further {
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
