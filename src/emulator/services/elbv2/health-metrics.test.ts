import { afterEach, beforeEach, expect, it } from 'vitest';
import { forward, type LoadBalancerWorld, loadBalancerWorld } from './testing/load-balancers.ts';

let world: LoadBalancerWorld;

beforeEach(async () => {
  world = await loadBalancerWorld();
});
afterEach(() => world.close());

it('measures each minute how many targets are healthy, while there is a load balancer', async () => {
  const cell = world.local.cell();
  const [balancer, group] = [await world.balancer('network'), await world.group()];
  const DefaultActions = [forward(group)];
  await world.elb.createListener({ LoadBalancerArn: balancer, Protocol: 'TCP', Port: 80, DefaultActions });
  // Nobody is at this address, so that it fails its checks.
  await world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id: '172.31.0.77' }] });
  await world.clock.advance(10 * 60_000);
  const measured = (name: string) => {
    const dimensions = {
      LoadBalancer: balancer.split(':loadbalancer/')[1] ?? '',
      TargetGroup: group.split(':').at(-1) ?? '',
    };
    const [start, end] = [world.clock.now() - 120_000, world.clock.now()];
    const metric = { namespace: 'AWS/NetworkELB', name, dimensions };
    return [...cell.metrics.read({ ...metric, start, end, period: 60_000 }).values()].map(({ sum }) => sum);
  };
  expect(measured('UnHealthyHostCount')).toEqual([1, 1]);
  expect(measured('HealthyHostCount')).toEqual([0, 0]);
  await world.elb.deleteLoadBalancer({ LoadBalancerArn: balancer });
  await world.clock.advance(10 * 60_000);
  expect(measured('UnHealthyHostCount')).toEqual([]);
  expect(world.clock.pending).toBe(0);
});
