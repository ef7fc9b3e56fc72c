import { afterEach, beforeEach, expect, it } from 'vitest';
import { forward, type LoadBalancerWorld, loadBalancerWorld } from './testing/load-balancers.ts';

const minute = 60_000;
let world: LoadBalancerWorld;

beforeEach(async () => {
  world = await loadBalancerWorld();
});
afterEach(() => world.close());

it('counts the requests of each minute that has some, to an ALB and to its groups', async () => {
  const cell = world.local.cell();
  const group = await world.group({ Protocol: 'HTTP' });
  const balancer = await world.balancer('application');
  const DefaultActions = [forward(group)];
  await world.elb.createListener({ LoadBalancerArn: balancer, Protocol: 'HTTP', Port: 80, DefaultActions });
  await world.clock.advance(minute - (world.clock.now() % minute));
  const start = world.clock.now();
  for (let count = 0; count < 3; count++) cell.loadBalancing.requestCounts.count(balancer, start);
  cell.loadBalancing.requestCounts.count(group, start);
  await world.clock.advance(3 * minute);
  const LoadBalancer = balancer.split(':loadbalancer/')[1] ?? '';
  const requests = (dimensions: Record<string, string>) => {
    const metric = { namespace: 'AWS/ApplicationELB', name: 'RequestCount', dimensions };
    const read = cell.metrics.read({ ...metric, start, end: world.clock.now(), period: minute });
    return [...read].map(([at, { sum }]) => [at - start, sum]);
  };
  expect(requests({ LoadBalancer })).toEqual([[0, 3]]);
  expect(requests({ LoadBalancer, TargetGroup: group.split(':').at(-1) ?? '' })).toEqual([[0, 1]]);
});

it('measures each minute how many targets are healthy, while there is a load balancer', async () => {
  const cell = world.local.cell();
  const [balancer, group] = [await world.balancer('network'), await world.group()];
  const DefaultActions = [forward(group)];
  await world.elb.createListener({ LoadBalancerArn: balancer, Protocol: 'TCP', Port: 80, DefaultActions });
  // Nobody is at this address, so that it fails its checks.
  await world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id: '172.31.0.77' }] });
  await world.clock.advance(10 * minute);
  const measured = (name: string) => {
    const dimensions = {
      LoadBalancer: balancer.split(':loadbalancer/')[1] ?? '',
      TargetGroup: group.split(':').at(-1) ?? '',
    };
    const [start, end] = [world.clock.now() - 2 * minute, world.clock.now()];
    const metric = { namespace: 'AWS/NetworkELB', name, dimensions };
    return [...cell.metrics.read({ ...metric, start, end, period: minute }).values()].map(({ sum }) => sum);
  };
  expect(measured('UnHealthyHostCount')).toEqual([1, 1]);
  expect(measured('HealthyHostCount')).toEqual([0, 0]);
  await world.elb.deleteLoadBalancer({ LoadBalancerArn: balancer });
  await world.clock.advance(10 * minute);
  expect(measured('UnHealthyHostCount')).toEqual([]);
  expect(world.clock.pending).toBe(0);
});
