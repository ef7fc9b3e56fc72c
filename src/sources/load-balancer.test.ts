import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../aws/testing/intercept.ts';
import { type LocalAws, numerically, startLocalAws } from '../aws/testing/local-aws.ts';
import { seeded } from '../emulator/core/random.ts';
import { recordsOf } from '../emulator/data-plane/dns/answers.ts';
import { startDnsServer } from '../emulator/data-plane/dns/dns-server.ts';
import { complete, type Known, type Observation } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import type { DnsAnswer, DnsQuestion } from './dns/question.ts';
import { dnsResolver } from './dns/resolver.ts';
import { answered, unanswered } from './dns/testing/answers.ts';
import { type LoadBalancerSourceOptions, loadBalancerSource } from './load-balancer.ts';
import type { LoadBalancerReference } from './load-balancer-reference.ts';

let aws: LocalAws;
let arn: string;

beforeEach(async () => {
  aws = await startLocalAws();
  arn = await aws.loadBalancer('web');
});

afterEach(() => aws.close());

function source(loadBalancer: LoadBalancerReference, other: Partial<LoadBalancerSourceOptions> = {}): Source {
  return loadBalancerSource({
    clients: aws.clients,
    loadBalancer,
    earlyDrain: true,
    resolve: aws.resolve,
    now: () => aws.clock.now(),
    ...other,
  });
}

async function addresses(
  loadBalancer: LoadBalancerReference,
  other?: Partial<LoadBalancerSourceOptions>,
): Promise<string[]> {
  const observed = await source(loadBalancer, other).read();
  if (observed.kind === 'unknown') throw observed.cause;
  return [...observed.addresses].sort(numerically);
}

function sorted(observed: Observation): Observation {
  if (observed.kind === 'unknown') return observed;
  return complete([...observed.addresses].sort(numerically), [...observed.outOfService].sort(numerically));
}

function interfaces(name = 'web') {
  const found = [...aws.world.loadBalancing.loadBalancers.values()].find((held) => held.name === name);
  return (found?.nodes ?? []).map((node) => node.interface);
}

describe('a load-balancer source', () => {
  it('finds the load balancer by arn, name or description', async () => {
    const suffix = arn.split(':loadbalancer/')[1] ?? '';
    const want = aws.nodes('web');
    expect(want).toHaveLength(2);
    expect(await addresses({ arn })).toEqual(want);
    expect(await addresses({ description: 'web' })).toEqual(want);
    expect(await addresses({ description: suffix })).toEqual(want);
    expect(await addresses({ description: `ELB ${suffix}` })).toEqual(want);
  });

  it('finds network load balancers as well, and does not ask dns about them', async () => {
    const edge = await aws.loadBalancer('edge', 'network');
    const asked: DnsQuestion[] = [];
    const resolve = (question: DnsQuestion) => {
      asked.push(question);
      return aws.resolve(question);
    };
    expect(await addresses({ arn: edge }, { resolve })).toEqual(aws.nodes('edge'));
    expect(asked).toEqual([]);
  });

  it("reads none of the addresses of others whose name contains this one's (FM4)", async () => {
    await aws.loadBalancer('web-2');
    expect(await addresses({ description: 'web' })).toEqual(aws.nodes('web'));
  });

  it.each([
    ['a part of a name', 'we'],
    ['a wildcard', '*web*'],
    ['another id', 'app/web/0123456789abcdef'],
  ])('does not know %s (FM4)', async (_name, description) => {
    expect(await source({ description }).read()).toMatchObject({
      kind: 'unknown',
      cause: { code: 'source-unknown', message: expect.stringContaining(`'${description}'`) },
    });
  });

  it('reads every private address of an interface, IPv6 too (FM5)', async () => {
    const [first, second] = interfaces();
    first?.privateIpAddresses.push('10.0.0.200');
    second?.ipv6Addresses.push('2001:DB8::1');
    expect(await addresses({ arn })).toEqual([...aws.nodes('web'), '2001:db8::1'].sort(numerically));
  });

  it('reads every page (FM5)', async () => {
    const [first] = interfaces();
    for (let index = 0; index < 1_500; index++) {
      const address = `10.0.${100 + Math.floor(index / 250)}.${index % 250}`;
      const id = `eni-${index}`;
      if (first)
        aws.world.network.interfaces.set(id, {
          ...first,
          id,
          privateIpAddresses: [address],
          ipv6Addresses: [],
        });
    }
    expect(await addresses({ arn }, { earlyDrain: false })).toHaveLength(1_502);
  });

  it('leaves out interfaces that are not in use (FM6)', async () => {
    const [first, second] = interfaces();
    if (first) first.status = 'detaching';
    expect(await addresses({ arn })).toEqual(second?.privateIpAddresses);
  });

  it('does not know the addresses of a load balancer that shows none (FM1)', async () => {
    for (const held of interfaces()) held.status = 'detaching';
    expect(await source({ arn }).read()).toMatchObject({
      kind: 'unknown',
      cause: {
        message: expect.stringMatching(/^no in-use network interface .* \(2 in another status; .* active\)$/),
      },
    });
  });

  it.each([
    { action: 'elasticloadbalancing:DescribeLoadBalancers', of: () => arn },
    { action: 'ec2:DescribeNetworkInterfaces', of: () => `ELB ${arn.split(':loadbalancer/')[1]}` },
  ])('does not know without permission for $action, and says so (FM1)', async ({ action, of }) => {
    refuse(aws, action.split(':')[1] ?? '');
    expect(await source({ arn }).read()).toMatchObject({
      kind: 'unknown',
      cause: {
        code: 'source-unknown',
        message: expect.stringContaining(`${action} for '${of()}' failed: UnauthorizedOperation`),
        cause: { name: 'UnauthorizedOperation' },
      },
    });
  });

  it('says that there is no such load balancer, and what to give (FM1)', async () => {
    const missing = arn.replace(/[0-9a-f]{16}$/, '0123456789abcdef');
    expect(await source({ arn: missing }).read()).toMatchObject({
      kind: 'unknown',
      cause: {
        code: 'source-unknown',
        message: expect.stringContaining(`no application or network load balancer is '${missing}'`),
        cause: { name: expect.stringContaining('LoadBalancerNotFound') },
      },
    });
  });

  it('does not know what aws does not tell (FM1)', async () => {
    await aws.close();
    expect(await source({ arn }).read()).toMatchObject({
      kind: 'unknown',
      cause: { message: expect.stringContaining('elasticloadbalancing:DescribeLoadBalancers') },
    });
  });
});

describe('early drain', () => {
  it('leaves out nodes that have left dns while their interface stays (FM33)', async () => {
    await aws.scale('web', 1);
    const leaving = aws.nodes('web', 'leaving');
    expect(await source({ arn }).read()).toEqual(complete(aws.nodes('web'), leaving));
    expect(leaving).toHaveLength(1);
  });

  it('leaves out nodes that are still starting', async () => {
    const serving = aws.nodes('web');
    await aws.scale('web', 4);
    expect(await addresses({ arn })).toEqual(serving);
    await aws.clock.advance(30_000);
    expect(await addresses({ arn })).toHaveLength(4);
  });

  it.each([
    ['is turned off', { earlyDrain: false }],
    ['dns has no answer', { resolve: async () => unanswered('server-failure') }],
    ['dns fails beyond all measure', { resolve: () => Promise.reject(new Error('no memory')) }],
    ['dns answers a part', { resolve: async () => answered(['10.0.0.1'], { truncated: true }) }],
    ['dns knows none of the interfaces', { resolve: async () => answered(['10.0.9.9']) }],
  ])('lets the interfaces decide alone when it %s', async (_name, other) => {
    await aws.scale('web', 1);
    expect(await addresses({ arn }, other)).toEqual(aws.nodes('web', 'serving', 'leaving'));
  });

  it('takes eight addresses for a sample, which proves no absence (FM3)', async () => {
    await aws.scale('web', 9);
    await aws.clock.advance(30_000);
    await aws.scale('web', 8);
    expect(await addresses({ arn })).toHaveLength(9);
    await aws.scale('web', 7);
    expect(await addresses({ arn })).toHaveLength(7);
  });

  it('leaves out nodes that have left dns above eight nodes too (FM33)', async () => {
    await aws.scale('web', 24);
    await aws.clock.advance(30_000);
    expect(await addresses({ arn })).toEqual(aws.nodes('web'));
    await aws.scale('web', 15);
    const leaving = aws.nodes('web', 'leaving');
    expect(leaving).toHaveLength(9);
    expect(sorted(await source({ arn }).read())).toEqual(complete(aws.nodes('web'), leaving));
  });

  it('lets the interfaces decide alone where a cache answers for the zone’s servers (FM3)', async () => {
    await aws.scale('web', 24);
    await aws.clock.advance(30_000);
    await aws.scale('web', 15);
    const kept = new Map<string, Promise<DnsAnswer>>();
    const resolve = (question: DnsQuestion) => {
      const key = `${question.type} ${question.name}`;
      const answer = kept.get(key) ?? aws.resolve(question);
      kept.set(key, answer);
      return answer;
    };
    expect(await addresses({ arn }, { resolve })).toHaveLength(24);
  });

  it('asks the name servers that it is given', async () => {
    await aws.scale('web', 24);
    await aws.clock.advance(30_000);
    const asked = new Set<string | undefined>();
    const resolve = (question: DnsQuestion) => {
      asked.add(question.servers?.join());
      return aws.resolve(question);
    };
    await addresses({ arn }, { resolve, nameServers: ['10.0.0.2:5353'] });
    expect(asked).toEqual(new Set([undefined, '10.0.0.2:5353']));
  });

  it('asks the local AWS’s own DNS server over the network (FM33)', async () => {
    await aws.scale('web', 12);
    await aws.clock.advance(30_000);
    await aws.scale('web', 10);
    const random = seeded(1);
    const server = await startDnsServer(0, (name) => recordsOf([aws.world], name, random));
    try {
      const resolve = dnsResolver({ systemServers: () => [`127.0.0.1:${server.port}`] });
      const leaving = aws.nodes('web', 'leaving');
      const observed = await source({ arn }, { resolve }).read();
      expect(sorted(observed)).toEqual(complete(aws.nodes('web'), leaving));
    } finally {
      await server.close();
    }
  });
});

describe('confirm', () => {
  const observed = (outOfService: string[] = []): Known => complete([], outOfService);

  /** Reads while one node leaves, and asks what became of it and of others. */
  async function confirmed(others: string[], other?: Partial<LoadBalancerSourceOptions>) {
    await aws.scale('web', 1);
    const [leaving = ''] = aws.nodes('web', 'leaving');
    const web = source({ arn }, other);
    const read = (await web.read()) as Known;
    expect(read.outOfService).toEqual([leaving]);
    return { leaving, fates: Object.fromEntries(await web.confirm([leaving, ...others], read)) };
  }

  it('tells addresses apart by who holds them', async () => {
    await aws.loadBalancer('stranger');
    const [theirs = ''] = aws.nodes('stranger');
    const { leaving, fates } = await confirmed([theirs, '10.0.0.99', '192.168.0.1']);
    expect(fates).toEqual({
      [leaving]: 'alive',
      [theirs]: 'reassigned',
      '10.0.0.99': 'gone',
      '192.168.0.1': 'untold',
    });
  });

  it.each([
    ['has the node', () => answered(aws.nodes('web').concat(aws.nodes('web', 'leaving')))],
    ['fails', () => unanswered('server-failure')],
    ['is a part', () => answered(aws.nodes('web'), { truncated: true })],
  ])('holds a node for in service when a second answer of dns %s (FM2, FM33)', async (_name, second) => {
    let asked = 0;
    const resolve = async () => (++asked === 1 ? answered(aws.nodes('web')) : second());
    const { leaving, fates } = await confirmed([], { resolve });
    expect(fates).toEqual({ [leaving]: 'in-service' });
  });

  it('finds in service what the first read has missed (FM2)', async () => {
    const [ours = ''] = aws.nodes('web');
    expect(await source({ arn }).confirm([ours], observed())).toEqual(new Map([[ours, 'in-service']]));
  });

  it('takes an interface that is being detached for alive', async () => {
    const [first] = interfaces();
    if (first) first.status = 'detaching';
    const [address = ''] = first?.privateIpAddresses ?? [];
    expect(await source({ arn }).confirm([address], observed())).toEqual(new Map([[address, 'alive']]));
  });

  it('asks in slices of as many addresses as a filter takes', async () => {
    const many = Array.from(
      { length: 450 },
      (_, index) => `10.0.${50 + Math.floor(index / 250)}.${index % 250}`,
    );
    const fates = await source({ arn }).confirm(many, observed());
    expect(new Set(fates.values())).toEqual(new Set(['gone']));
    expect(fates.size).toBe(450);
    const asked = aws.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces');
    expect(asked).toHaveLength(3);
  });

  it('throws where aws does not tell (FM2)', async () => {
    const confirming = source({ arn });
    await confirming.read();
    await aws.close();
    await expect(confirming.confirm(['10.0.0.9'], observed())).rejects.toMatchObject({ code: 'unconfirmed' });
  });

  it('says of which addresses it is not told, and why (FM2)', async () => {
    refuse(aws, 'DescribeNetworkInterfaces');
    await expect(source({ arn }).confirm(['10.0.0.8', '10.0.0.9'], observed())).rejects.toMatchObject({
      code: 'unconfirmed',
      message: expect.stringContaining(
        'confirming what became of 10.0.0.8, 10.0.0.9 failed: UnauthorizedOperation',
      ),
      cause: { name: 'UnauthorizedOperation' },
    });
  });

  it('can tell of no address that nobody holds where the role may not ask for the VPC’s ranges', async () => {
    refuse(aws, 'DescribeVpcs');
    const [ours = ''] = aws.nodes('web');
    expect(await source({ arn }).confirm([ours, '10.0.0.99'], observed())).toEqual(
      new Map([
        [ours, 'in-service'],
        ['10.0.0.99', 'untold'],
      ]),
    );
  });
});
