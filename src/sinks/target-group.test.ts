import { AssociateVpcCidrBlockCommand } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import type { Fate } from '../engine/fate.ts';
import { privateIpv4 } from '../engine/network.ts';
import { complete } from '../engine/observation.ts';
import type { Outcome } from '../engine/outcome.ts';
import { type Policy, policyDefaults } from '../engine/policy.ts';
import { reconcile } from '../engine/reconcile.ts';
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
  it('and writes the port of the group itself, where none is given', async () => {
    await register({ Id: '10.0.0.10', Port: 80 }, { Id: '10.0.0.11', Port: 81 });
    const own = targetGroupSink({ clients: aws.clients, targetGroupArn: arn });
    const { entries } = await own.read();
    expect(entries).toMatchObject([{ id: '10.0.0.10' }]);
    await own.remove(entries);
    await own.add(['10.0.0.12'] as never);
    expect(await aws.targets(arn)).toEqual(['10.0.0.11:81 unused', '10.0.0.12:80 unused']);
  });

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
    expect((await sink.read()).entries).toStrictEqual([{ address: node, state: 'healthy', id: node }]);
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

  it('no group of a gateway load balancer (FM29)', async () => {
    const group = aws.world.loadBalancing.targetGroups.get(arn);
    if (group) group.protocol = 'GENEVE';
    await expect(sink.read()).rejects.toMatchObject({
      code: 'sink-mismatch',
      message: expect.stringContaining(`target group '${arn}' has the protocol 'GENEVE'`),
    });
  });

  it('only private ranges as what the group may hold where the role may not ask for the VPC’s (FM11)', async () => {
    refuse(aws, 'DescribeVpcs');
    expect((await sink.read()).networks).toEqual(privateIpv4);
  });

  it.each([
    { operation: 'DescribeTargetGroups', of: () => arn },
    { operation: 'DescribeTargetHealth', of: () => arn },
    { operation: 'DescribeVpcs', of: () => aws.vpcId },
  ])('nothing where $operation fails, and says so', async ({ operation, of }) => {
    refuse(aws, operation, 'InternalError');
    await expect(sink.read()).rejects.toMatchObject({
      code: 'sink-unreadable',
      message: expect.stringContaining(`:${operation} of '${of()}' failed: InternalError`),
      cause: { name: 'InternalError' },
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

/** `10.0.0.10 all`: what the targets of the group were registered with. */
function zones(): string[] {
  const held = aws.world.loadBalancing.targetGroups.get(arn)?.registrations;
  return [...(held?.values() ?? [])].map(({ id, availabilityZone }) => `${id} ${availabilityZone}`);
}

const registrations = () =>
  aws.calls
    .filter(({ operation }) => operation === 'RegisterTargets')
    .map(({ input }) => (input as { Targets: TargetDescription[] }).Targets)
    .map((targets) => targets.map(({ Id, AvailabilityZone = 'none' }) => `${Id} ${AvailabilityZone}`));

describe('a target-group sink corrects the zone once, and remembers it (FM11),', () => {
  it('where AWS takes an address for one of the VPC', async () => {
    await sink.read();
    // A range of which the read above does not know yet.
    await aws.clients.ec2.send(
      new AssociateVpcCidrBlockCommand({ VpcId: aws.vpcId, CidrBlock: '10.9.0.0/16' }),
    );
    expect(await sink.add(['10.9.0.1', '10.9.0.2'])).toEqual({
      addresses: ['10.9.0.1', '10.9.0.2'],
      errors: [],
    });
    expect(registrations()).toEqual([
      ['10.9.0.1 all', '10.9.0.2 all'],
      ['10.9.0.1 none', '10.9.0.2 none'],
    ]);
    await sink.add(['10.9.0.1']);
    expect(registrations().slice(2)).toEqual([['10.9.0.1 none']]);
  });

  it('where AWS takes it for one from elsewhere', async () => {
    // Without a read, as without the permission to read: nothing is known of the VPC.
    expect((await sink.add(['192.168.0.1'])).errors).toEqual([]);
    expect(registrations()).toEqual([['192.168.0.1 none'], ['192.168.0.1 all']]);
    await sink.add(['192.168.0.1']);
    expect(registrations().slice(2)).toEqual([['192.168.0.1 all']]);
  });

  it('also where a call has addresses of both kinds', async () => {
    const inside = Array.from({ length: 9 }, (_, index) => `10.0.0.${index + 10}`);
    const all = [...inside, '192.168.0.1'];
    expect(await sink.add(all)).toEqual({ addresses: all, errors: [] });
    expect(zones()).toEqual([...inside.map((address) => `${address} undefined`), '192.168.0.1 all']);
  });

  it('and not where the zone is set', async () => {
    const set = (availabilityZone: string) =>
      targetGroupSink({ clients: aws.clients, targetGroupArn: arn, port: 80, availabilityZone });
    await set('all').read();
    expect((await set('all').add(['10.0.0.10'])).errors).toMatchObject([
      { message: expect.stringContaining("cannot have its Availability Zone overridden to 'all'") },
    ]);
    expect((await set('none').add(['192.168.0.1'])).errors).toHaveLength(1);
    expect((await set('us-east-1b').add(['10.0.0.10'])).errors).toEqual([]);
    expect(registrations()).toEqual([['10.0.0.10 all'], ['192.168.0.1 none'], ['10.0.0.10 us-east-1b']]);
  });

  it('knowing all ranges of the VPC', async () => {
    await aws.clients.ec2.send(
      new AssociateVpcCidrBlockCommand({ VpcId: aws.vpcId, CidrBlock: '10.9.0.0/16' }),
    );
    await sink.read();
    await sink.add(['10.8.0.1', '10.9.0.1']);
    expect(registrations()).toEqual([['10.8.0.1 all', '10.9.0.1 none']]);
  });
});

describe('a target-group sink of IPv6 addresses', () => {
  let inside: string;

  beforeEach(async () => {
    const { Ipv6CidrBlockAssociation: block } = await aws.clients.ec2.send(
      new AssociateVpcCidrBlockCommand({ VpcId: aws.vpcId, AmazonProvidedIpv6CidrBlock: true }),
    );
    inside = `${block?.Ipv6CidrBlock?.replace('::/56', '')}::a`;
    const input = { Name: 'six', Protocol: 'TCP', Port: 80, VpcId: aws.vpcId, TargetType: 'ip' } as const;
    const { TargetGroups } = await aws.clients.elbv2.send(
      new CreateTargetGroupCommand({ ...input, IpAddressType: 'ipv6' }),
    );
    arn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    sink = targetGroupSink({ clients: aws.clients, targetGroupArn: arn, port: 80 });
  });

  it('registers those of the VPC without a zone, others with all (FM11)', async () => {
    const { networks } = await sink.read();
    expect(networks).toEqual([expect.stringMatching(/::\/56$/), '::/0']);
    const addresses = [inside, 'fd00::1'];
    expect(await sink.add(addresses)).toEqual({ addresses, errors: [] });
    expect(zones()).toEqual([`${inside} undefined`, 'fd00::1 all']);
    expect((await sink.read()).entries.map(({ address }) => address)).toEqual(addresses);
  });

  it('holds none of the other family (FM27)', async () => {
    const outcome = await pass(['10.0.0.10', inside]);
    expect(outcome).toMatchObject({ added: [inside], errors: [] });
    expect(await pass(['10.0.0.10'])).toMatchObject({
      added: [],
      withheld: [{ address: '10.0.0.10', reason: 'wrong-family' }, { reason: 'last-registered' }],
    });
  });
});

/** A pass over the group; every address that is no longer desired is gone, unless told otherwise. */
function pass(desired: string[], fate: Fate = 'gone', other: Partial<Policy> = {}): Promise<Outcome> {
  return reconcile({
    name: 'group',
    source: {
      read: async () => complete(desired),
      confirm: async (addresses) => new Map(addresses.map((address) => [address, fate])),
    },
    sink,
    policy: { mode: 'sync', ...policyDefaults, ...other },
  });
}

const range = (third: number, count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${third}.${index}`);

/** So many addresses, from 10.0.100.0 on. */
const stale = (count: number) => [100, 101, 102, 103].flatMap((third) => range(third, 256)).slice(0, count);

describe('a target group at its quota', () => {
  it('takes what fits, frees what is gone, and takes the rest (FM8)', async () => {
    await pass(stale(990));
    aws.calls.length = 0;
    const desired = range(0, 50);
    const outcome = await pass(desired);
    expect(outcome).toMatchObject({ added: desired, registered: desired, withheld: [], errors: [] });
    const freed = aws.calls
      .filter(({ operation }) => operation === 'DeregisterTargets')
      .map(({ input }) => (input as { Targets: object[] }).Targets.length);
    expect(freed.slice(0, 2)).toEqual([40, 100]);
    expect(aws.calls.filter(({ operation }) => operation === 'RegisterTargets').length).toBeLessThan(12);
  });

  it('never loses a desired target to the others, and frees none where nothing may go (FM8)', async () => {
    await pass(stale(1_000));
    const desired = [...stale(1_000), '10.0.0.1'];
    const outcome = await pass(desired);
    expect(outcome).toMatchObject({ added: [], removed: [] });
    expect(outcome.errors).toMatchObject([
      { message: expect.stringMatching(/of 10\.0\.0\.1 failed: TooManyTargets.*higher quota/) },
    ]);
    expect(outcome.registered).toHaveLength(1_000);
  });

  it('goes on while what was freed still drains and holds its place (FM8)', async () => {
    await aws.listen(await aws.loadBalancer('edge', 'network'), 80, arn);
    await pass(stale(1_000));
    await aws.clock.advance(120_000);
    const desired = range(0, 20);
    const first = await pass(desired);
    expect(first).toMatchObject({ added: [], errors: [{ code: 'write-failed' }] });
    expect(first.registered?.length).toBeGreaterThan(900);
    await aws.clock.advance(300_000);
    expect(await pass(desired)).toMatchObject({ added: desired, errors: [] });
  });

  it('leaves targets on other ports alone (FM13)', async () => {
    const other = targetGroupSink({ clients: aws.clients, targetGroupArn: arn, port: 8080 });
    await other.add(stale(1_000));
    expect(await pass(['10.0.0.1'])).toMatchObject({ added: [], removed: [], errors: [{}] });
    expect((await other.read()).entries).toHaveLength(1_000);
  });
});

describe('an address that its load balancer takes no more often', () => {
  it('is refused alone, and the message says what to do', async () => {
    await aws.listen(await aws.loadBalancer('edge', 'network'), 80, arn);
    await register(...Array.from({ length: 100 }, (_, index) => ({ Id: '10.0.0.13', Port: 9_000 + index })));
    const { addresses, errors, full } = await sink.add(range(0, 20).slice(10));
    expect(addresses).toHaveLength(9);
    expect(full).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /of 10\.0\.0\.13 failed: TooManyRegistrationsForTargetId.*deregister it/,
        ),
      },
    ]);
  });
});

describe('a target', () => {
  it('is its address and port, whatever its zone (FM12)', async () => {
    await aws.clients.elbv2.send(
      new RegisterTargetsCommand({
        TargetGroupArn: arn,
        Targets: [{ Id: '192.168.0.1', Port: 80, AvailabilityZone: 'all' }],
      }),
    );
    aws.calls.length = 0;
    expect(await pass(['192.168.0.1'])).toMatchObject({ added: [], removed: [] });
    expect(await pass(['10.0.0.10'])).toMatchObject({ removed: [{ address: '192.168.0.1' }], errors: [] });
    expect(await aws.targets(arn)).toEqual(['10.0.0.10:80 unused']);
  });

  it('that gets no traffic is reported with the reason (FM26)', async () => {
    await pass(['10.0.0.10']);
    expect((await pass(['10.0.0.10'])).unused).toMatchObject([
      { address: '10.0.0.10', reason: expect.stringMatching(/^Target\.NotInUse/) },
    ]);
  });

  it('of which AWS would not hear is withheld before the call (FM27)', async () => {
    expect(await pass(['10.0.0.10', '203.0.113.1'])).toMatchObject({
      added: ['10.0.0.10'],
      withheld: [{ address: '203.0.113.1', reason: 'outside-networks' }],
      errors: [],
    });
  });
});

describe('a target-group sink removes', () => {
  it('nothing that AWS refuses to let go, and says so', async () => {
    await sink.add(['10.0.0.10', '10.0.0.11']);
    refuse(aws, 'DeregisterTargets');
    const { addresses, errors } = await sink.remove((await sink.read()).entries);
    expect(addresses).toEqual([]);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(
          'elasticloadbalancing:DeregisterTargets of 10.0.0.10, 10.0.0.11 failed',
        ),
        cause: { name: 'UnauthorizedOperation' },
      },
    ]);
  });

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
