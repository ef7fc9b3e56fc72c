import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Cell } from '../../src/emulator/core/cell.ts';
import { createCell } from '../../src/emulator/create-cell.ts';
import { Identity } from '../../src/emulator/world/identity/identity.ts';
import type { LoadBalancer } from '../../src/emulator/world/load-balancing/load-balancer.ts';
import { worldProber } from '../../src/emulator/world/load-balancing/world-prober.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual-clock.ts';
import { diceOf } from '../dice.ts';
import type { Scenario } from '../scenario.ts';
import { createBindings } from './bindings.ts';
import { type ConfiguredBinding, configOf, passesOf } from './configured-binding.ts';
import { dualstackProber, makeDualstack } from './dualstack.ts';
import {
  account,
  addIpv6Block,
  createLoadBalancer,
  createOpenGroup,
  createSubnets,
  createVpc,
  listen,
  region,
} from './infrastructure.ts';
import { managedPort, secondPort } from './ports.ts';
import type { SimulatedBinding } from './simulated-binding.ts';

/** One VPC with the load balancers in it. */
export interface Place {
  scenario: Scenario;
  clock: VirtualClock;
  cell: Cell;
  vpcId: string;
  /** Of the load balancers. */
  subnetIds: readonly string[];
  spareSubnetId: string;
  /** The ALB that is followed. */
  web: LoadBalancer;
  /** An ALB whose name contains the followed one's. */
  other: LoadBalancer;
  /** The NLB in front, whose addresses are allowed. */
  front: LoadBalancer;
}

/** A place, with what the bindings follow and feed, and what belongs to others. */
export interface SimulatedWorld extends Place {
  bindings: readonly SimulatedBinding[];
  /** What a run that starts now is told. */
  config(): Config;
}

export async function createWorld(scenario: Scenario): Promise<SimulatedWorld> {
  const place = await createPlace(scenario);
  const configured = await createBindings(place);
  return { ...place, bindings: configured.flatMap(passesOf), config: parsedOnce(configured) };
}

async function createPlace(scenario: Scenario): Promise<Place> {
  const clock = virtualClock();
  const cell = createRegion(scenario, clock);
  const vpcId = await createVpc(cell);
  const [first = '', second = '', third = '', spareSubnetId = ''] = await createSubnets(cell, vpcId);
  if (scenario.dualstack) {
    await addIpv6Block(cell, vpcId);
    makeDualstack(cell);
  }
  const open = await createOpenGroup(cell, vpcId);
  const subnets = [first, second];
  const web = await createLoadBalancer(cell, 'web', 'application', subnets, [open]);
  const other = await createLoadBalancer(cell, 'my-web-2', 'application', subnets, [open]);
  const front = await createLoadBalancer(cell, 'front', 'network', subnets, []);
  for (const balancer of [web, other]) await listen(cell, balancer, managedPort);
  await listen(cell, web, secondPort);
  const subnetIds = [...subnets, third];
  return { scenario, clock, cell, vpcId, subnetIds, spareSubnetId, web, other, front };
}

function createRegion(scenario: Scenario, clock: VirtualClock): Cell {
  const { random } = diceOf(scenario.seed, 'world');
  const identity = new Identity({ account, clock, random });
  const cell: Cell = createCell({
    account,
    region,
    clock,
    random,
    servers: { endpoint: '', dns: undefined, apis: undefined },
    timings: {
      provisioning: 0,
      nodeStart: scenario.nodeStart,
      nodeLeave: scenario.nodeLeave,
      registration: { application: scenario.registration, network: scenario.registration },
    },
    identity,
    identityOf: () => identity,
    runner: {
      run: () => Promise.reject(new Error('no functions run in the simulation')),
      retire: () => {},
    },
    prober: scenario.dualstack ? dualstackProber((probe) => worldProber(() => [cell])(probe)) : undefined,
  });
  return cell;
}

/** Nothing in it ever changes but the declared addresses, and they do as a new list. */
function parsedOnce(configured: readonly ConfiguredBinding[]): () => Config {
  const declared = configured.find(({ name }) => name === 'declared')?.source;
  let known: { of: unknown; config: Config } | undefined;
  return () => {
    const of = declared?.config();
    if (known && known.of === of) return known.config;
    known = { of, config: parseConfig({ bindings: configured.map(configOf) }, 'the simulation') };
    return known.config;
  };
}
