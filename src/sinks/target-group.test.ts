import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import type { Sink } from '../engine/sink.ts';
import { targetGroupSink } from './target-group.ts';

let aws: LocalAws;
let arn: string;
let sink: Sink;

beforeEach(async () => {
  aws = await startLocalAws();
  arn = await aws.targetGroup('group');
  sink = targetGroupSink({ clients: aws.clients, targetGroupArn: arn, port: 80 });
});

afterEach(() => aws.close());

const register = (...Targets: { Id: string; Port: number }[]) =>
  aws.clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));

async function states(): Promise<Record<string, string>> {
  const { entries } = await sink.read();
  return Object.fromEntries(entries.map(({ address, state }) => [address, state]));
}

/** An ALB that serves on port 80, and an NLB that forwards to the group. */
async function bridge(): Promise<string[]> {
  await aws.listen(await aws.loadBalancer('web'));
  await aws.listen(await aws.loadBalancer('edge', 'network'), 80, arn);
  for (const group of aws.world.network.securityGroups.values()) {
    group.rules.set(`open-${group.id}`, {
      id: `open-${group.id}`,
      isEgress: false,
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      peer: { kind: 'ipv4', cidr: '10.0.0.0/16' },
      description: undefined,
      tags: new Map(),
    });
  }
  return aws.nodes('web');
}

describe('a target-group sink reads', () => {
  it('targets of its own port, and no others (FM13)', async () => {
    await register(
      { Id: '10.0.0.10', Port: 80 },
      { Id: '10.0.0.10', Port: 81 },
      { Id: '10.0.0.11', Port: 81 },
    );
    expect((await sink.read()).entries).toEqual([
      {
        address: '10.0.0.10',
        state: 'unused',
        id: '10.0.0.10',
        reason: expect.stringMatching(/^Target\.NotInUse: /),
      },
    ]);
  });

  it('what becomes of a target: initial, healthy, draining, gone (FM9)', async () => {
    const [node = ''] = await bridge();
    await sink.add([node]);
    expect(await states()).toEqual({ [node]: 'initial' });
    await aws.clock.advance(60_000);
    expect(await states()).toEqual({ [node]: 'healthy' });
    await sink.remove((await sink.read()).entries);
    expect(await states()).toEqual({ [node]: 'draining' });
    await aws.clock.advance(300_000);
    expect(await states()).toEqual({});
  });

  it('a target that fails its checks as unhealthy, with the reason', async () => {
    await bridge();
    await sink.add(['10.0.0.250']);
    await aws.clock.advance(120_000);
    expect((await sink.read()).entries).toMatchObject([
      { state: 'unhealthy', reason: expect.stringMatching(/^Target\./) },
    ]);
  });

  it('which addresses the group may hold', async () => {
    const { networks, healthChecked } = await sink.read();
    expect(networks).toEqual(expect.arrayContaining(['10.0.0.0/16', '192.168.0.0/16', '100.64.0.0/10']));
    expect(networks.some((network) => network.includes(':'))).toBe(false);
    expect(healthChecked).toBe(true);
  });

  it('no group whose targets are no addresses (FM29)', async () => {
    const targetGroupArn = await aws.targetGroup('instances', 'instance');
    const wrong = targetGroupSink({ clients: aws.clients, targetGroupArn, port: 80 });
    await expect(wrong.read()).rejects.toMatchObject({
      code: 'sink-mismatch',
      message: expect.stringContaining("the target type 'instance'"),
    });
  });

  it('no group that does not exist', async () => {
    const targetGroupArn = `${arn.slice(0, -4)}0000`;
    const missing = targetGroupSink({ clients: aws.clients, targetGroupArn, port: 80 });
    await expect(missing.read()).rejects.toMatchObject({
      code: 'sink-unreadable',
      message: expect.stringContaining('TargetGroupNotFound'),
    });
  });
});

describe('a target-group sink adds', () => {
  it('addresses outside the VPC with the zone all, and those inside without (FM11)', async () => {
    await sink.read();
    expect(await sink.add(['10.0.0.10', '192.168.0.10'])).toEqual({
      addresses: ['10.0.0.10', '192.168.0.10'],
      errors: [],
    });
    const held = aws.world.loadBalancing.targetGroups.get(arn)?.registrations;
    const zones = [...(held?.values() ?? [])].map(({ id, availabilityZone }) => `${id} ${availabilityZone}`);
    expect(zones).toEqual(['10.0.0.10 undefined', '192.168.0.10 all']);
  });

  it('in chunks of 100', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `10.0.2.${index}`);
    expect((await sink.add(many)).addresses).toEqual(many);
    const sizes = aws.calls
      .filter(({ operation }) => operation === 'RegisterTargets')
      .map(({ input }) => (input as { Targets: object[] }).Targets.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('the other chunks when one is refused, and says which (FM32)', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `10.0.2.${index}`);
    const { addresses, errors } = await sink.add([...many, '203.0.113.1']);
    expect(addresses).toEqual(many);
    expect(errors).toMatchObject([
      {
        code: 'write-failed',
        message: expect.stringContaining('elasticloadbalancing:RegisterTargets of 203.0.113.1'),
      },
    ]);
  });
});

describe('a target-group sink removes', () => {
  it('exactly the target it read: address and port (FM10)', async () => {
    const other = await aws.targetGroup('other');
    const onOtherPort = targetGroupSink({ clients: aws.clients, targetGroupArn: other, port: 8080 });
    await onOtherPort.add(['10.0.0.10', '10.0.0.11']);
    const { entries } = await onOtherPort.read();
    const { addresses } = await onOtherPort.remove(entries.filter(({ address }) => address === '10.0.0.10'));
    expect(addresses).toEqual(['10.0.0.10']);
    expect(await aws.targets(other)).toEqual(['10.0.0.11:8080 unused']);
  });
});
