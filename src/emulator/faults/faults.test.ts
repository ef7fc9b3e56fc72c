import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import type { FaultInput } from './fault.ts';

let clock: SteppedClock;
let local: Emulator;
let ec2: EC2Client;
let elbv2: ElasticLoadBalancingV2Client;

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1, throttling: true });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const settings = { endpoint: local.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  ec2 = new EC2Client(settings);
  elbv2 = new ElasticLoadBalancingV2Client(settings);
});
afterEach(() => local.close());

const post = async (path: string, body: unknown, method = 'POST') => {
  const answer = await fetch(`${local.endpoint}/_emulator/${path}`, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const addFault = (fault: FaultInput) => post('faults', fault);
const createGroup = (signal?: AbortSignal, Name = 'group') =>
  elbv2.send(
    new CreateTargetGroupCommand({
      Name,
      Protocol: 'TCP',
      Port: 80,
      TargetType: 'ip',
      VpcId: [...local.cell().network.vpcs.keys()][0],
    }),
    signal ? { abortSignal: signal } : {},
  );

describe('faults', () => {
  it('throttle in each service’s own words, so often, and then no more', async () => {
    await addFault({ kind: 'throttle', service: 'ec2', count: 1 });
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
    });
    await ec2.send(new DescribeVpcsCommand({}));
    await addFault({ kind: 'throttle', action: 'Describe*' });
    await expect(elbv2.send(new DescribeTargetGroupsCommand({}))).rejects.toMatchObject({
      name: 'Throttling',
    });
    await createGroup();
  });

  it('answer an error of one’s choice', async () => {
    await addFault({ kind: 'error', code: 'HealthUnavailable', status: 500, message: 'later' });
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'HealthUnavailable',
      $metadata: { httpStatusCode: 500 },
    });
  });

  it('delay an answer by the clock', async () => {
    await addFault({ kind: 'latency', milliseconds: 2_000 });
    let answered = false;
    const answer = ec2.send(new DescribeVpcsCommand({})).then(() => {
      answered = true;
    });
    while (clock.pending === 0) await clock.advance(0);
    await clock.advance(1_999);
    expect(answered).toBe(false);
    await clock.advance(1);
    await answer;
    expect(answered).toBe(true);
  });

  it.each([
    ['timeout', 0],
    ['timeout-after-effect', 1],
  ] as const)('leave a call unanswered: %s has had %i effects', async (kind, effects) => {
    const { body } = await addFault({ kind });
    const giveUp = new AbortController();
    const call = createGroup(giveUp.signal).catch((error: Error) => error.name);
    while (local.cell().faults.active.find(({ id }) => id === body.id)?.struck !== 1) await clock.advance(0);
    giveUp.abort();
    expect(await call).toBe('AbortError');
    expect(local.cell().loadBalancing.targetGroups.size).toBe(effects);
  });

  it('strike at their rate', () => {
    const { faults } = local.cell();
    faults.add({ kind: 'throttle', rate: 0.25 });
    const struck = Array.from({ length: 1_000 }, () => faults.strike('ec2', 'DescribeVpcs').length);
    const share = struck.filter((count) => count > 0).length / 1_000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });

  it('answer a read with what it was answered before, up to so long ago', async () => {
    await addFault({ kind: 'stale-read', staleFor: 30_000, action: 'DescribeTargetGroups' });
    const names = async () => {
      const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}));
      return TargetGroups.map(({ TargetGroupName }) => TargetGroupName);
    };
    expect(await names()).toEqual([]);
    await createGroup();
    expect(await names()).toEqual([]);
    await clock.advance(30_000);
    expect(await names()).toEqual([]);
    await clock.advance(1);
    expect(await names()).toEqual(['group']);
  });

  it('tell of what is not yet there as it was not', async () => {
    await addFault({ kind: 'stale-read', staleFor: 30_000, count: 2 });
    const find = () => elbv2.send(new DescribeTargetGroupsCommand({ Names: ['group'] }));
    const missing = { name: 'TargetGroupNotFoundException' };
    await expect(find()).rejects.toMatchObject(missing);
    await createGroup();
    await expect(find()).rejects.toMatchObject(missing);
    expect((await find()).TargetGroups).toHaveLength(1);
  });

  it('answer nothing from before they were added', async () => {
    const find = () => elbv2.send(new DescribeTargetGroupsCommand({ Names: ['group'] }));
    await addFault({ kind: 'stale-read', staleFor: 30_000 });
    await expect(find()).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
    local.cell().faults.clear();
    await createGroup();
    await addFault({ kind: 'stale-read', staleFor: 30_000 });
    expect((await find()).TargetGroups).toHaveLength(1);
  });

  it('leave a share out of a list, and nothing of what is written', async () => {
    await addFault({ kind: 'partial-answer', share: 0.5, service: 'ec2' });
    const counts = [];
    for (let asked = 0; asked < 20; asked++) {
      counts.push((await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.length ?? 0);
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(2.5);
  });

  it('shorten pages, whose tokens lead to the rest', async () => {
    await addFault({ kind: 'short-page', most: 1, service: 'elasticloadbalancing' });
    for (const name of ['a', 'b', 'c']) await createGroup(undefined, name);
    const pages: number[] = [];
    for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client: elbv2 }, {})) {
      pages.push(TargetGroups.length);
    }
    expect(pages).toEqual([1, 1, 1]);
    const named = await elbv2.send(new DescribeTargetGroupsCommand({ Names: ['a', 'b'] }));
    expect(named.TargetGroups).toHaveLength(2);
  });

  it('can be listed and taken back', async () => {
    const { body } = await addFault({ kind: 'throttle', service: 'ec2' });
    expect((await post('faults', undefined, 'GET')).body.faults).toEqual([
      { id: body.id, fault: { kind: 'throttle', service: 'ec2', rate: 1 }, struck: 0 },
    ]);
    await post(`faults/${body.id}`, undefined, 'DELETE');
    await ec2.send(new DescribeVpcsCommand({}));
    expect(await post(`faults/${body.id}`, undefined, 'DELETE')).toMatchObject({ status: 404 });
  });

  it.each([
    [{ kind: 'earthquake' }, /kind/],
    [{ kind: 'throttle', rate: 2 }, /rate/],
    [{ kind: 'throttle', servce: 'ec2' }, /servce/],
    [{ kind: 'dead-node', address: '10.0.0.1' }, /10\.0\.0\.1/],
    [{ kind: 'missed-schedule', service: 'ec2' }, /service/],
  ])('are refused with what is wrong: %j', async (fault, reason) => {
    const { status, body } = await post('faults', fault);
    expect(status).toBe(400);
    expect(String(body.message)).toMatch(reason);
  });
});

describe('throttle buckets', () => {
  it('let a burst through, then what their refill allows', async () => {
    const describeGroups = () => elbv2.send(new DescribeTargetGroupsCommand({}));
    for (let call = 0; call < 40; call++) await describeGroups();
    await expect(describeGroups()).rejects.toMatchObject({ name: 'Throttling' });
    await clock.advance(100);
    await describeGroups();
    await expect(describeGroups()).rejects.toMatchObject({ name: 'Throttling' });
  });

  it('are of each kind of call on its own', async () => {
    for (let call = 0; call < 40; call++) await elbv2.send(new DescribeTargetGroupsCommand({}));
    await createGroup();
    await ec2.send(new DescribeVpcsCommand({}));
  });

  it('are of each account and region on their own', async () => {
    const describe = { service: 'elasticloadbalancing', action: 'DescribeTargetGroups', input: {} };
    const taken = (account?: string, region?: string) =>
      local.cell(account, region).throttleBuckets?.take(describe);
    for (let call = 0; call < 40; call++) expect(taken()).toBe(true);
    expect([taken(), taken('111111111111'), taken(undefined, 'eu-west-1')]).toEqual([false, true, true]);
  });
});

describe('a path of the local AWS’s own', () => {
  it('that is misspelt is answered with those that there are', async () => {
    const { status, body } = await post('fault', {});
    expect(status).toBe(404);
    expect(body.message).toContain('POST /_emulator/faults');
  });

  it('with a name that cannot be read says so', async () => {
    expect(await post('faults/%E0%A4%A', undefined, 'DELETE')).toMatchObject({ status: 400 });
  });
});

describe('the clock', () => {
  it('moves on when told to', async () => {
    const before = clock.now();
    const { body } = await post('clock', { advance: 60_000 });
    expect(body.now).toBe(new Date(before + 60_000).toISOString());
    expect(clock.now()).toBe(before + 60_000);
    expect(await post('clock', { advance: -1 })).toMatchObject({ status: 400 });
  });
});
