import { beforeEach, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { seeded } from '../../core/random.ts';
import { LoadBalancing } from '../load-balancing/load-balancing.ts';
import { createDefaultVpc } from '../network/create-vpc.ts';
import { Hosts } from '../network/hosts.ts';
import type { Instance } from '../network/instance.ts';
import { Network } from '../network/network.ts';
import type { InstanceSoftware } from './instance-software.ts';
import { Machines } from './machines.ts';

const place = { account: '000000000000', region: 'us-east-1' };
const starting = 10_000;

let clock: SteppedClock;
let network: Network;
let hosts: Hosts;
let machines: Machines;
let stopped: number;
/** Ends the start of each instance that has begun to. */
let started: (() => void)[];

beforeEach(() => {
  clock = steppedClock();
  network = new Network(seeded(1));
  hosts = new Hosts();
  [started, stopped] = [[], 0];
  const software: InstanceSoftware = {
    ports: [{ port: 80, forwardTo: { host: '127.0.0.1', port: 9 } }],
    stop: () => void stopped++,
  };
  const startInstance = () =>
    new Promise<InstanceSoftware>((resolve) => {
      started.push(() => resolve(software));
    });
  const loadBalancing = new LoadBalancing();
  machines = new Machines({ ...place, clock, network, hosts, loadBalancing, startInstance });
});

function launchIn(vpcId: string | undefined): Instance {
  const subnet = [...network.subnets.values()].find((held) => held.vpcId === vpcId);
  if (!subnet) throw new Error(`there is no subnet in ${vpcId}`);
  return machines.launch({ subnet, imageId: 'ami-1', instanceType: 't4g.nano', securityGroupIds: [] });
}

it('serves in its own VPC, where another one has the same range', async () => {
  createDefaultVpc(network, place);
  createDefaultVpc(network, place);
  const second = [...network.vpcs.keys()][1];
  const instance = launchIn(second);
  await clock.advance(starting);
  started[0]?.();
  await clock.advance(0);
  expect(instance.state).toBe('running');
  expect([...hosts.all].map(({ vpcId }) => vpcId)).toEqual([second]);
});

it('stops what has not yet started when all is closed, and starts nothing else', async () => {
  createDefaultVpc(network, place);
  const [vpcId] = network.vpcs.keys();
  launchIn(vpcId);
  await clock.advance(starting);
  launchIn(vpcId);
  await machines.close();
  await clock.advance(starting);
  for (const end of started) end();
  await clock.advance(0);
  expect([started.length, stopped, hosts.all.size]).toEqual([1, 1, 0]);
});
