import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { launchInstance } from '../../world/network/instance.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { type NlbWorld, nlbWorld } from '../testing/nlb.ts';
import { received } from '../testing/received.ts';
import { addBalancer, addListener, addNode, addSecurityGroup, registerTarget } from '../testing/world.ts';
import { inService } from './in-service.ts';

const closing = closingAfterEach();

async function open(given: Parameters<typeof nlbWorld>[0] = {}): Promise<NlbWorld> {
  const world = await nlbWorld(given);
  closing(() => world.close());
  return world;
}

/** Targets that say who they are, and whom they see. */
async function serveAll(world: NlbWorld, ...addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await world.serve(address, (socket) =>
      socket.end(`${address} sees ${world.network.peer(socket)?.address}`),
    );
  }
}

async function answers(world: NlbWorld, count: number, from = '10.0.0.77'): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let sent = 0; sent < count; sent++) seen.add((await received(world.client(from))).split(' ')[0] ?? '');
  return seen;
}

function setZones(world: NlbWorld, zones: Record<string, string>): void {
  for (const target of world.group.registrations.values()) target.availabilityZone = zones[target.id];
}

describe('zones', () => {
  const targets = ['10.0.9.1', '10.0.9.2'];
  const zones = { '10.0.9.1': 'us-east-1a', '10.0.9.2': 'us-east-1b' };

  async function twoZones(attributes: { balancer?: string; group?: string }): Promise<NlbWorld> {
    const world = await open({ targets });
    setZones(world, zones);
    const name = 'load_balancing.cross_zone.enabled';
    if (attributes.balancer) world.nlb.attributes.set(name, attributes.balancer);
    if (attributes.group) world.group.attributes.set(name, attributes.group);
    await serveAll(world, ...targets);
    return world;
  }

  it.each([
    { name: 'by itself keeps to its own', attributes: {}, want: ['10.0.9.1'] },
    { name: 'uses all where it is told to', attributes: { balancer: 'true' }, want: targets },
    {
      name: 'keeps to its own where the group says so',
      attributes: { balancer: 'true', group: 'false' },
      want: ['10.0.9.1'],
    },
    {
      name: 'uses all where the group says so',
      attributes: { balancer: 'false', group: 'true' },
      want: targets,
    },
    {
      name: 'asks the load balancer where the group says so',
      attributes: { balancer: 'true', group: 'use_load_balancer_configuration' },
      want: targets,
    },
  ])('a node $name', async ({ attributes, want }) => {
    const world = await twoZones(attributes);
    expect([...(await answers(world, 16))].sort()).toEqual(want);
  });

  it('has a node refuse where its zone has no target, and leaves it out of DNS', async () => {
    const world = await twoZones({});
    addNode(world.cell, world.nlb, '10.0.1.20', 'serving', 'us-east-1b');
    world.group.registrations.delete('10.0.9.1:80');
    await expect(answers(world, 1)).rejects.toThrow('ECONNRESET');
    expect(inService(world.cell, world.nlb)).toEqual(['10.0.1.20']);
  });

  it('fails open within a zone, and in DNS once every zone is down', async () => {
    const world = await twoZones({});
    addNode(world.cell, world.nlb, '10.0.1.20', 'serving', 'us-east-1b');
    for (const target of world.group.registrations.values()) target.state = 'unhealthy';
    expect([...(await answers(world, 8))]).toEqual(['10.0.9.1']);
    expect(inService(world.cell, world.nlb).sort()).toEqual(['10.0.0.20', '10.0.1.20']);
  });
});

describe('the client’s address', () => {
  const preserving = { attributes: new Map([['preserve_client_ip.enabled', 'true']]) };

  it.each([
    { name: 'is the node’s by default', group: {}, want: '10.0.9.1 sees 10.0.0.20' },
    { name: 'is kept where the group preserves it', group: preserving, want: '10.0.9.1 sees 10.0.0.77' },
  ])('$name', async ({ group, want }) => {
    const world = await open({ group });
    await serveAll(world, '10.0.9.1');
    expect(await received(world.client('10.0.0.77'))).toBe(want);
  });

  it('is not kept of what comes through PrivateLink', async () => {
    const world = await open({ group: preserving });
    await serveAll(world, '10.0.9.1');
    expect(await received(world.client('10.0.0.77', { privateLink: true }))).toBe('10.0.9.1 sees 10.0.0.20');
  });

  it('is kept of an outsider, who has none in the world', async () => {
    const world = await open({ group: preserving });
    await serveAll(world, '10.0.9.1');
    expect(await received(world.client())).toBe('10.0.9.1 sees undefined');
  });

  it('lets no target connect to itself', async () => {
    const world = await open({ group: preserving });
    await serveAll(world, '10.0.9.1');
    await expect(received(world.client('10.0.9.1'))).rejects.toThrow('ECONNRESET');
  });

  it.each([
    { name: 'the client’s block', rule: (_: string) => '10.0.0.77/32', want: true },
    { name: 'the node’s block', rule: (_: string) => '10.0.0.20/32', want: false },
    { name: 'the NLB’s security group', rule: (group: string) => group, want: true },
  ])('is what the target’s security group judges: $name', async ({ rule, want }) => {
    const world = await open({ targets: [], group: preserving });
    world.nlb.securityGroupIds = [addSecurityGroup(world.cell, '0.0.0.0/0')];
    const own = rule(world.nlb.securityGroupIds[0] ?? '');
    const alb = addBalancer(world.cell, 'application', ['10.0.9.1'], {
      securityGroupIds: [addSecurityGroup(world.cell, own)],
    });
    addListener(world.cell, alb, { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '204' } });
    registerTarget(world.group, '10.0.9.1');
    await world.sockets.settled();
    const socket = world.client('10.0.0.77');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const outcome = received(socket).catch(() => 'nothing');
    expect((await outcome).startsWith('HTTP/1.1 204')).toBe(want);
  });
});

describe('the PROXY protocol', () => {
  it('tells the target who its client is, before anything else', async () => {
    const world = await open({ group: { attributes: new Map([['proxy_protocol_v2.enabled', 'true']]) } });
    const chunks: Buffer[] = [];
    let isWhole = (): void => {};
    const whole = new Promise<void>((resolve) => {
      isWhole = resolve;
    });
    await world.serve('10.0.9.1', (socket) => {
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', isWhole);
    });
    const client = world.client('10.0.0.77');
    await once(client, 'connect');
    client.end('hello');
    await whole;
    const bytes = Buffer.concat(chunks);
    expect(bytes.subarray(0, 12).toString('latin1')).toBe('\r\n\r\n\0\r\nQUIT\n');
    expect([...bytes.subarray(12, 24)]).toEqual([0x21, 0x11, 0, 12, 10, 0, 0, 77, 10, 0, 0, 20]);
    expect([bytes.readUInt16BE(24), bytes.readUInt16BE(26)]).toEqual([client.localPort, 80]);
    expect(bytes.subarray(28).toString()).toBe('hello');
  });
});

describe('stickiness', () => {
  it('sends a client to one target, and different clients to different ones', async () => {
    const targets = ['10.0.9.1', '10.0.9.2', '10.0.9.3'];
    const world = await open({ targets, group: { attributes: new Map([['stickiness.enabled', 'true']]) } });
    await serveAll(world, ...targets);
    expect((await answers(world, 8)).size).toBe(1);
    const all = new Set<string>();
    for (let host = 1; host < 30; host++)
      for (const one of await answers(world, 1, `10.0.5.${host}`)) all.add(one);
    expect([...all].sort()).toEqual(targets);
  });
});

describe('kinds of targets', () => {
  const subnet: Subnet = {
    id: 'subnet-1',
    arn: '',
    vpcId: 'vpc-1',
    cidr: '10.0.9.0/24',
    block: { first: 0x0a000900, size: 256, prefix: 24 },
    availabilityZone: 'us-east-1a',
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    networkAclId: 'acl-1',
    networkAclAssociationId: 'aclassoc-1',
    tags: new Map(),
  };

  it('finds an instance at its address while it runs', async () => {
    const world = await open({ targets: [], group: { targetType: 'instance' } });
    const settings = {
      account: '0',
      subnet,
      imageId: 'ami-1',
      instanceType: 't3.micro',
      securityGroupIds: [],
    };
    const instance = launchInstance(world.cell.network, { ...settings, launchedAt: 0, address: '10.0.9.7' });
    registerTarget(world.group, instance.id);
    await serveAll(world, '10.0.9.7');
    await expect(answers(world, 1)).rejects.toThrow('ECONNRESET');
    instance.state = 'running';
    expect([...(await answers(world, 1))]).toEqual(['10.0.9.7']);
  });

  it('finds an application load balancer at its nodes in service', async () => {
    const world = await open({ targets: [], group: { targetType: 'alb' } });
    world.nlb.attributes.set('load_balancing.cross_zone.enabled', 'true');
    const alb = addBalancer(world.cell, 'application', ['10.0.9.1', '10.0.9.2']);
    addNode(world.cell, alb, '10.0.9.3', 'leaving');
    registerTarget(world.group, alb.arn);
    await serveAll(world, '10.0.9.1', '10.0.9.2', '10.0.9.3');
    expect([...(await answers(world, 16))].sort()).toEqual(['10.0.9.1', '10.0.9.2']);
  });
});

describe('PrivateLink', () => {
  it.each([
    { enforces: true, want: 'ETIMEDOUT' },
    { enforces: false, want: undefined },
  ])('asks security groups: $enforces', async ({ enforces, want }) => {
    const world = await open();
    await serveAll(world, '10.0.9.1');
    world.nlb.securityGroupIds = [addSecurityGroup(world.cell, '10.0.0.0/24')];
    world.nlb.enforcesOnPrivateLink = enforces;
    const outcome = received(world.client(undefined, { privateLink: true })).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(await outcome).toBe(want);
  });
});

describe('flows to a target that turns unhealthy', () => {
  const cutting = 'target_health_state.unhealthy.connection_termination.enabled';

  async function flow(value: string): Promise<{ world: NlbWorld; socket: Socket }> {
    const world = await open({ group: { attributes: new Map([[cutting, value]]) } });
    await world.serve('10.0.9.1', (socket) => socket.pipe(socket));
    const socket = world.client();
    socket.write('before');
    await once(socket, 'data');
    for (const target of world.group.registrations.values()) target.state = 'unhealthy';
    return { world, socket };
  }

  async function survives(socket: Socket): Promise<boolean> {
    const broken = once(socket, 'close').then(() => false);
    socket.on('error', () => {});
    socket.write('after');
    return Promise.race([once(socket, 'data').then(() => true), broken]).catch(() => false);
  }

  it.each([
    { name: 'are cut where another is healthy', value: 'true', other: true, want: false },
    { name: 'are left where the group says so', value: 'false', other: true, want: true },
    { name: 'are left where all are unhealthy', value: 'true', other: false, want: true },
  ])('$name', async ({ value, other, want }) => {
    const { world, socket } = await flow(value);
    if (other) registerTarget(world.group, '10.0.9.2');
    world.cell.loadBalancing.changes.announce();
    expect(await survives(socket)).toBe(want);
  });
});
