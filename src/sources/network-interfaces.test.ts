import { CreateNetworkInterfaceCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, numerically, startLocalAws } from '../aws/testing/local-aws.ts';
import { complete } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { type InterfaceSelection, networkInterfacesSource } from './network-interfaces.ts';

let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws();
});

afterEach(() => aws.close());

/** An interface in use, in the first subnet unless told otherwise; its address. */
async function add(
  tags: Record<string, string>,
  other: { subnet?: number; group?: string } = {},
): Promise<string> {
  const { NetworkInterface } = await aws.clients.ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: aws.subnetIds[other.subnet ?? 0],
      Groups: other.group === undefined ? undefined : [other.group],
      TagSpecifications: [
        {
          ResourceType: 'network-interface',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
    }),
  );
  const held = aws.world.network.interfaces.get(NetworkInterface?.NetworkInterfaceId ?? '');
  if (held) held.status = 'in-use';
  return held?.privateIpAddresses[0] ?? '';
}

const source = (selection: InterfaceSelection): Source =>
  networkInterfacesSource({ ec2: aws.clients.ec2, selection });

const inOrder = (...addresses: string[]) => complete(addresses.sort(numerically));

const holderOf = (address: string) => aws.world.network.interfaceAt({ address });

describe('a network-interfaces source', () => {
  it('finds interfaces that have every tag', async () => {
    const both = await add({ role: 'web', stage: 'prod' });
    const one = await add({ role: 'web' });
    await add({ stage: 'prod' });
    expect(await source({ tags: { role: 'web', stage: 'prod' } }).read()).toEqual(complete([both]));
    expect(await source({ tags: { role: 'web' } }).read()).toEqual(inOrder(both, one));
  });

  it('finds interfaces of one of the groups, in one of the subnets, in the vpc', async () => {
    const [group, other] = [await aws.securityGroup('one'), await aws.securityGroup('other')];
    const first = await add({}, { group });
    const second = await add({}, { group, subnet: 1 });
    const third = await add({}, { group: other });
    const [subnetId = ''] = aws.subnetIds;
    const securityGroupIds = [group, other];
    expect(await source({ securityGroupIds }).read()).toEqual(inOrder(first, second, third));
    expect(await source({ securityGroupIds, subnetIds: [subnetId] }).read()).toEqual(inOrder(first, third));
    expect(await source({ securityGroupIds: [group], vpcId: aws.vpcId }).read()).toEqual(
      inOrder(first, second),
    );
    expect(await source({ securityGroupIds, vpcId: 'vpc-0' }).read()).toMatchObject({ kind: 'unknown' });
  });

  it('takes a value for itself, not for a pattern (FM4)', async () => {
    const exact = await add({ role: 'web*' });
    await add({ role: 'web-2' });
    await add({ role: 'web-3', other: 'web*' });
    expect(await source({ tags: { role: 'web*' } }).read()).toEqual(complete([exact]));
  });

  it('reads every page, and every address (FM5)', async () => {
    const address = await add({ role: 'web' });
    const held = holderOf(address);
    for (let index = 0; held && index < 1_200; index++) {
      const privateIpAddresses = [`10.0.${100 + Math.floor(index / 250)}.${index % 250}`];
      aws.world.network.interfaces.set(`eni-${index}`, { ...held, id: `eni-${index}`, privateIpAddresses });
    }
    held?.privateIpAddresses.push('10.0.0.200');
    const observed = await source({ tags: { role: 'web' } }).read();
    expect(observed).toMatchObject({ kind: 'known', extent: 'complete' });
    expect(observed.kind === 'known' && observed.addresses).toHaveLength(1_202);
  });

  it('leaves out interfaces that are not in use (FM6)', async () => {
    const [kept, leaving] = [await add({ role: 'web' }), await add({ role: 'web' })];
    const held = holderOf(leaving);
    if (held) held.status = 'detaching';
    const web = source({ tags: { role: 'web' } });
    expect(await web.read()).toEqual(complete([kept]));
    expect(await web.confirm([leaving], complete([kept]))).toEqual(new Map([[leaving, 'alive']]));
  });

  it('does not know where it finds none, or aws does not tell (FM1)', async () => {
    const address = await add({ role: 'web' });
    const held = holderOf(address);
    if (held) held.status = 'attaching';
    const web = source({ tags: { role: 'web' }, vpcId: aws.vpcId });
    const message = `no network interface in use has tag:role=web, vpc-id=${aws.vpcId} (1 in another status); check the selection`;
    expect(await web.read()).toMatchObject({ kind: 'unknown', cause: { code: 'source-unknown', message } });
    refuse(aws, 'DescribeNetworkInterfaces');
    expect(await web.read()).toMatchObject({
      kind: 'unknown',
      cause: {
        code: 'source-unknown',
        message: expect.stringContaining('ec2:DescribeNetworkInterfaces for tag:role=web'),
        cause: { name: 'UnauthorizedOperation' },
      },
    });
  });

  it('asks for no more than the selection', async () => {
    const selection = {
      tags: { role: 'web' },
      securityGroupIds: ['sg-1', 'sg-2'],
      subnetIds: ['subnet-1'],
      vpcId: aws.vpcId,
    };
    expect(await source(selection).read()).toMatchObject({
      cause: {
        message: expect.stringContaining(
          `tag:role=web, group-id=sg-1|sg-2, subnet-id=subnet-1, vpc-id=${aws.vpcId} (0`,
        ),
      },
    });
    const [call] = aws.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces');
    expect(call?.input).toMatchObject({
      Filters: [
        { Name: 'tag:role', Values: ['web'] },
        { Name: 'group-id', Values: ['sg-1', 'sg-2'] },
        { Name: 'subnet-id', Values: ['subnet-1'] },
        { Name: 'vpc-id', Values: [aws.vpcId] },
      ],
    });
  });
});

describe('confirm', () => {
  it('tells addresses apart by who holds them (FM2, FM31)', async () => {
    const [ours, theirs] = [await add({ role: 'web' }), await add({ role: 'other' })];
    const web = source({ tags: { role: 'web' } });
    await web.read();
    expect(await web.confirm([ours, theirs, '10.0.0.250', '192.168.0.1'], complete([]))).toEqual(
      new Map([
        [ours, 'in-service'],
        [theirs, 'reassigned'],
        ['10.0.0.250', 'gone'],
        ['192.168.0.1', 'untold'],
      ]),
    );
  });

  it('takes an interface that lost its tag for a stranger’s (FM31)', async () => {
    const [kept, retagged] = [await add({ role: 'web' }), await add({ role: 'web' })];
    const web = source({ tags: { role: 'web' }, vpcId: aws.vpcId });
    holderOf(retagged)?.tags.set('role', 'other');
    expect(await web.read()).toEqual(complete([kept]));
    expect(await web.confirm([retagged], complete([kept]))).toEqual(new Map([[retagged, 'reassigned']]));
  });

  it('takes an interface in another group, subnet or vpc for a stranger’s (FM31)', async () => {
    const [group, other] = [await aws.securityGroup('one'), await aws.securityGroup('other')];
    const ours = await add({ role: 'web' }, { group });
    const theirs = await add({ role: 'web' }, { group: other, subnet: 1 });
    const held = holderOf(ours);
    held?.securityGroupIds.push(other);
    const [subnetId = ''] = aws.subnetIds;
    for (const selection of [{ securityGroupIds: [group] }, { subnetIds: [subnetId] }]) {
      expect(await source(selection).confirm([ours, theirs], complete([]))).toEqual(
        new Map([
          [ours, 'in-service'],
          [theirs, 'reassigned'],
        ]),
      );
    }
  });

  it('asks where the interfaces are only where nothing told it before', async () => {
    const ours = await add({ role: 'web' });
    const reads = () => aws.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces').length;
    const want = new Map([
      [ours, 'in-service'],
      ['10.0.0.250', 'gone'],
    ]);
    const tags = { role: 'web' };
    const asked = async (web: Source) => {
      const before = reads();
      expect(await web.confirm([...want.keys()], complete([]))).toEqual(want);
      return reads() - before;
    };
    const seen = source({ tags });
    await seen.read();
    const known = await asked(seen);
    expect(await asked(source({ tags, vpcId: aws.vpcId }))).toBe(known);
    expect(await asked(source({ tags }))).toBe(known + 1);
  });

  it('throws where aws does not tell (FM2)', async () => {
    await aws.close();
    const web = source({ tags: { role: 'web' }, vpcId: aws.vpcId });
    await expect(web.confirm(['10.0.0.250'], complete([]))).rejects.toMatchObject({ code: 'unconfirmed' });
  });
});
