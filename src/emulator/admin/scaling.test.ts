import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type GroupWorld,
  groupName,
  groupWorld,
  launching,
} from '../services/autoscaling/testing/group-world.ts';

let world: GroupWorld;
let alb: string;

beforeEach(async () => {
  world = await groupWorld();
  alb = world.alb.split('/')[2] ?? '';
});
afterEach(() => world.close());

const minute = 60_000;

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const url = `${world.local.endpoint}/_emulator/${path}`;
  const answer = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return (await answer.json()) as Record<string, unknown>;
}

function nodes(): number {
  const held = world.local.cell().loadBalancing.loadBalancers.get(world.alb)?.nodes ?? [];
  return held.filter(({ phase }) => phase === 'serving').length;
}

describe('an ALB that follows its load', () => {
  /** So many requests a second, for some minutes. */
  async function load(rate: number, minutes: number): Promise<void> {
    const { requestCounts } = world.local.cell().loadBalancing;
    for (let passed = 0; passed < minutes; passed++) {
      for (let count = 0; count < rate * 60; count++) requestCounts.count(world.alb, world.clock.now());
      await world.clock.advance(minute);
    }
  }

  it('grows with the next minute, and shrinks after five of less', async () => {
    const rule = { requestsPerNode: 10, fewest: 2, most: 5 };
    expect(await ask('POST', `load-balancers/${alb}/scale`, rule)).toEqual({ name: alb, ...rule });
    await load(38, 2);
    expect(nodes()).toBe(4);
    await load(90, 2);
    expect(nodes()).toBe(5);
    await load(15, 3);
    expect(nodes()).toBe(5);
    await load(15, 3);
    expect(nodes()).toBe(2);
    await ask('POST', `load-balancers/${alb}/scale`, { nodes: 3 });
    await load(90, 3);
    expect(nodes()).toBe(3);
  });

  it.each([{}, { requestsPerNode: 0 }, { requestsPerNode: 1, fewest: 4, most: 3 }, { nodes: 2, most: 3 }])(
    'is refused for %j',
    async (body) => {
      expect(await ask('POST', `load-balancers/${alb}/scale`, body)).toMatchObject({ error: 'InvalidNodes' });
    },
  );
});

describe('a group', () => {
  it('is scaled, and loses an instance', async () => {
    await world.create();
    await world.clock.advance(launching);
    expect(await ask('POST', `auto-scaling-groups/${groupName}/scale`, { instances: 3 })).toEqual({
      name: groupName,
      from: 2,
      to: 3,
    });
    await world.clock.advance(launching);
    const { killed } = await ask('POST', `auto-scaling-groups/${groupName}/kill`);
    await world.clock.advance(launching);
    const members = await world.members();
    const states = members.map(({ InstanceId, LifecycleState }) => [InstanceId === killed, LifecycleState]);
    expect(states).toContainEqual([true, 'Terminating']);
    expect(states.filter(([isKilled]) => !isKilled)).toEqual(Array(3).fill([false, 'InService']));
  });

  it.each([
    { method: 'POST', path: 'auto-scaling-groups/none/kill', want: 'AutoScalingGroupNotFound' },
    {
      method: 'POST',
      path: `auto-scaling-groups/${groupName}/scale`,
      body: { instances: 9 },
      want: 'InvalidInstances',
    },
    { method: 'POST', path: `auto-scaling-groups/${groupName}/kill`, want: 'NothingToKill' },
    { method: 'POST', path: 'instances/i-0/kill', want: 'InstanceNotFound' },
    { method: 'GET', path: 'scripts/none', want: 'ScriptNotFound' },
    { method: 'POST', path: 'scripts', body: { events: [{ at: 1, request: 'now' }] }, want: 'InvalidScript' },
  ])('$want', async ({ method, path, body, want }) => {
    await world.create();
    expect(await ask(method, path, body)).toMatchObject({ error: want });
  });
});

describe('a script of events', () => {
  const events = [
    { at: 0, request: `POST auto-scaling-groups/${groupName}/scale`, body: { instances: 4 } },
    { at: minute, request: 'POST load-balancers/none/scale', body: { nodes: 4 } },
    { at: 2 * minute, request: `POST auto-scaling-groups/${groupName}/scale`, body: { instances: 1 } },
  ];
  const capacity = async () => (await world.described()).DesiredCapacity;

  it('has each happen at its time, and tells what became of it', async () => {
    await world.create();
    const { id } = await ask('POST', 'scripts', { events });
    await world.clock.advance(0);
    expect(await capacity()).toBe(4);
    await world.clock.advance(minute);
    expect(await ask('GET', `scripts/${id}`)).toMatchObject({
      events: [
        { state: 'done', outcome: { from: 2, to: 4 } },
        { state: 'failed', outcome: expect.stringContaining("there is no load balancer 'none'") },
        { state: 'waiting' },
      ],
    });
    await world.clock.advance(minute);
    expect(await capacity()).toBe(1);
  });

  it('is cancelled', async () => {
    await world.create();
    const script = world.local.play(events);
    await world.clock.advance(minute);
    await ask('DELETE', `scripts/${script.id}`);
    await world.clock.advance(minute);
    expect(await capacity()).toBe(4);
    expect(script.events.map(({ state }) => state)).toEqual(['done', 'failed', 'cancelled']);
  });
});
