import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, createClients } from '../aws/clients.ts';
import { clientsByReach } from '../aws/clients-by-reach.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { parseConfig } from '../config/parse-config.ts';
import type { Outcome } from '../engine/outcome.ts';
import { type RunOptions, run } from './run.ts';
import type { Reach } from './wire.ts';

const size = 60;

let aws: LocalAws;
let loadBalancerArns: string[];
let groupArns: string[];

/** As many load balancers, each followed by a target group of its own. */
beforeEach(async () => {
  aws = await startLocalAws();
  loadBalancerArns = [];
  groupArns = [];
  for (let index = 0; index < size; index++) {
    loadBalancerArns.push(await aws.provisioning(`web-${index}`));
    groupArns.push(await aws.targetGroup(`group-${index}`));
  }
  await aws.clock.advance(60_000);
});

afterEach(() => aws.close());

/** Nobody loses patience: how fast this machine is does not count. */
const untilAborted: Reach['wait'] = (_milliseconds, signal) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

async function pass(other: Partial<RunOptions> = {}): Promise<Outcome[]> {
  const bindings = groupArns.map((groupArn, index) => ({
    name: `binding-${index}`,
    source: { type: 'load-balancer', arn: loadBalancerArns[index] },
    sink: { type: 'target-group', arn: groupArn, port: 80 },
    policy: { mode: 'sync' },
  }));
  return run(parseConfig({ bindings }, 'the test'), {
    clientsOf: () => aws.clients,
    resolve: aws.resolve,
    wait: untilAborted,
    now: () => aws.clock.now(),
    write: () => {},
    ...other,
  });
}

/** `{ DescribeVpcs: 1 }`: how often each operation is called meanwhile. */
async function calls(act: () => Promise<unknown>): Promise<Record<string, number>> {
  aws.calls.length = 0;
  await act();
  const counts: Record<string, number> = {};
  for (const { operation } of aws.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

const added = (outcomes: Outcome[]) => outcomes.flatMap((outcome) => outcome.added).length;
const errors = (outcomes: Outcome[]) =>
  outcomes.flatMap((outcome) => outcome.errors.map(({ message }) => `${outcome.binding}: ${message}`));

/** Clients that note how many attempts each of their calls took. */
function attempting(attempts: unknown[]): AwsClients {
  const clients = createClients();
  for (const client of Object.values(clients) as AwsClients['ec2'][]) {
    client.middlewareStack.add(
      (next) => async (call) => {
        const result = await next(call);
        attempts.push(result.output.$metadata.attempts);
        return result;
      },
      { step: 'initialize', name: 'attempting' },
    );
  }
  return clients;
}

/** Time goes on while the work does. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) await aws.clock.advance(50);
  return done;
}

describe(`a run over ${size} bindings`, () => {
  it('shares its reads: one listing of interfaces, each group described once (FM21)', async () => {
    expect(added(await pass())).toBe(2 * size);
    expect(await calls(pass)).toEqual({
      DescribeTargetGroups: size / 20,
      DescribeVpcs: 1,
      DescribeTargetHealth: size,
      DescribeLoadBalancers: size / 20,
      DescribeNetworkInterfaces: 1,
    });
  });

  it('reads every sink before any source (FM15)', async () => {
    await calls(pass);
    const order = aws.calls.map(({ operation }) => operation);
    expect(order.lastIndexOf('DescribeTargetHealth')).toBeLessThan(order.indexOf('DescribeLoadBalancers'));
  });

  it('confirms together what is to go (FM2)', async () => {
    await pass();
    [...aws.world.loadBalancing.loadBalancers.values()].forEach(({ nodes: [node] }, index) => {
      if (node) node.interface.privateIpAddresses = [`10.0.200.${index}`];
    });
    let outcomes: Outcome[] = [];
    const counts = await calls(async () => {
      outcomes = await pass();
    });
    expect(outcomes.flatMap(({ removed }) => removed.map(({ cause }) => cause))).toEqual(
      Array.from({ length: size }, () => 'gone'),
    );
    expect(counts).toMatchObject({ DescribeNetworkInterfaces: 2, RegisterTargets: size });
  });

  it('fails those alone whose load balancer or group is missing (FM20)', async () => {
    loadBalancerArns[7] += '0';
    groupArns[33] += '0';
    const outcomes = await pass();
    expect(errors(outcomes)).toEqual([
      expect.stringContaining(
        `binding-7: no application or network load balancer is '${loadBalancerArns[7]}'`,
      ),
      expect.stringContaining('binding-33: elasticloadbalancing:DescribeTargetGroups of'),
    ]);
    expect(added(outcomes)).toBe(2 * (size - 2));
  });

  it("stays within AWS's throttle limits (FM21)", async () => {
    const { now } = aws.clock;
    const wait: Reach['wait'] = (milliseconds) =>
      new Promise((resolve) => void aws.clock.after(milliseconds, resolve));
    aws.throttle();
    const attempts: unknown[] = [];
    const clientsOf = clientsByReach({ now, wait, create: () => attempting(attempts) });
    const started = now();
    expect(added(await inTime(pass({ clientsOf, wait })))).toBe(2 * size);
    expect(attempts.length).toBeGreaterThan(2 * size);
    expect(new Set(attempts)).toEqual(new Set([1]));
    // Half of the bucket for registrations, and half of what it gains in a second, for 60 calls.
    expect(now() - started).toBeGreaterThan(((size - 10) / 2) * 1_000);
  });
});
