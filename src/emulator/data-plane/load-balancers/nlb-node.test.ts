import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import { type Loopback, loopback } from '../loopback/loopback.ts';
import { type ServedSockets, serveSockets } from '../served-sockets.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { machineOf } from '../testing/machine.ts';
import { received } from '../testing/received.ts';
import {
  addBalancer,
  addListener,
  addSecurityGroup,
  addTargetGroup,
  emptyCell,
  forwardTo,
  moveNode,
} from '../testing/world.ts';

const closing = closingAfterEach();
const at = { address: '10.0.0.20', port: 80 };
const target = { address: '10.0.9.1', port: 80 };

let cell: Cell;
let network: Loopback;
let sockets: ServedSockets;
let nlb: LoadBalancer;
let group: TargetGroup;

beforeEach(async () => {
  cell = emptyCell(steppedClock());
  network = loopback('single');
  sockets = serveSockets(cell, machineOf(network));
  closing(() => sockets.close());
  nlb = addBalancer(cell, 'network', [at.address]);
  group = addTargetGroup(cell, [target.address]);
  addListener(cell, nlb, forwardTo(group));
  await sockets.settled();
});

/** A target in the world; what it gets, `handle` sees. */
async function listenAtTarget(handle: (socket: Socket) => void): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  closing(() => server.close());
  await network.listen({ server, at: target });
}

function client(from?: string): Socket {
  const socket = network.connect({
    from: from === undefined ? from : { address: from },
    to: at,
    allowHalfOpen: true,
  });
  closing(() => socket.destroy());
  return socket;
}

describe('flows', () => {
  it('passes bytes both ways, and a half-close, from the address of the node', async () => {
    await listenAtTarget((socket) => {
      let received = '';
      socket.on('data', (chunk) => {
        received += String(chunk);
      });
      socket.on('end', () => socket.end(`${network.peer(socket)?.address} sent ${received}`));
    });
    const socket = client('10.0.0.77');
    socket.end('hello');
    expect(await received(socket)).toBe('10.0.0.20 sent hello');
  });

  it('passes much at the pace of a slow reader', async () => {
    const megabytes = Buffer.alloc(8 * 1024 * 1024, 'x');
    await listenAtTarget((socket) => socket.end(megabytes));
    const socket = client();
    socket.pause();
    await once(socket, 'connect');
    socket.resume();
    expect(await received(socket)).toHaveLength(megabytes.length);
  });

  it('lets the client see that the target refuses; one of another process is reset', async () => {
    await expect(received(client())).rejects.toThrow('ECONNREFUSED');
    const { host = '', port = 0 } = network.where(at) ?? {};
    await expect(received(connect({ host, port }))).rejects.toThrow('ECONNRESET');
  });

  it('keep the port of their client, be it of this process or of another', async () => {
    await listenAtTarget((socket) => socket.end(`from port ${socket.remotePort}`));
    const { host = '', port = 0 } = network.where(at) ?? {};
    for (const begin of [() => client(), () => connect({ host, port })]) {
      const one = begin();
      const ownPort = once(one, 'connect').then(() => one.localPort);
      expect(await received(one)).toBe(`from port ${await ownPort}`);
    }
  });

  it('end once no byte has passed for as long as the listener says', async () => {
    await listenAtTarget((socket) => socket.pipe(socket));
    for (const listener of cell.loadBalancing.listeners.values())
      listener.attributes.set('tcp.idle_timeout.seconds', '0.02');
    await expect(received(client())).rejects.toThrow('ECONNRESET');
  });

  it('resets the client where no target is registered', async () => {
    await listenAtTarget((socket) => socket.end('hello'));
    group.registrations.clear();
    await expect(received(client())).rejects.toThrow('ECONNRESET');
  });

  it('resets the client when the target resets', async () => {
    await listenAtTarget((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const socket = client();
    socket.write('hello');
    await expect(received(socket)).rejects.toThrow('ECONNRESET');
  });

  it('resets the target when the client resets', async () => {
    const arrived = new EventEmitter();
    await listenAtTarget((socket) => {
      socket.once('data', () => arrived.emit('data'));
      socket.once('error', (error) => arrived.emit('broken', error));
    });
    const socket = client();
    socket.write('hello');
    await once(arrived, 'data');
    const broken = once(arrived, 'broken');
    socket.resetAndDestroy();
    expect(await broken).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('follows the default action of the moment', async () => {
    await listenAtTarget((socket) => socket.end('hello'));
    const listener = [...cell.loadBalancing.listeners.values()][0];
    if (listener) listener.defaultActions = [forwardTo(addTargetGroup(cell, []))];
    await expect(received(client())).rejects.toThrow('ECONNRESET');
  });
});

it('chooses a group once: one without a target fails its share of the flows, and no less', async () => {
  await listenAtTarget((socket) => socket.end('hello'));
  const [listener] = cell.loadBalancing.listeners.values();
  const empty = addTargetGroup(cell, [], { attributes: new Map([['proxy_protocol_v2.enabled', 'true']]) });
  for (const attributes of [empty.attributes, new Map()]) {
    empty.attributes = attributes;
    const TargetGroups = [group, empty].map(({ arn }) => ({ TargetGroupArn: arn, Weight: 1 }));
    if (listener) listener.defaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => received(client())));
    const failed = outcomes.filter(({ status }) => status === 'rejected').length;
    expect(failed).toBeGreaterThan(70);
    expect(failed).toBeLessThan(130);
  }
});

describe('security groups', () => {
  it('let in whom a rule admits, and nobody else', async () => {
    await listenAtTarget((socket) => socket.end('hello'));
    nlb.securityGroupIds = [addSecurityGroup(cell, '10.0.0.64/27')];
    expect(await received(client('10.0.0.77'))).toBe('hello');
    await expect(received(client('10.0.0.7'))).rejects.toThrow('ETIMEDOUT');
    const { host = '', port = 0 } = network.where(at) ?? {};
    await expect(received(connect({ host, port }))).rejects.toThrow('ECONNRESET');
  });

  it('let outsiders in where a rule admits everybody', async () => {
    await listenAtTarget((socket) => socket.end('hello'));
    nlb.securityGroupIds = [addSecurityGroup(cell, '0.0.0.0/0')];
    const { host = '', port = 0 } = network.where(at) ?? {};
    expect(await received(connect({ host, port }))).toBe('hello');
  });
});

describe('deregistration', () => {
  async function openFlow(): Promise<Socket> {
    await listenAtTarget((socket) => socket.pipe(socket));
    const socket = client();
    socket.write('before');
    await once(socket, 'data');
    return socket;
  }

  function deregister(): void {
    group.registrations.clear();
    cell.loadBalancing.changes.announce();
  }

  it('leaves the flows there are alone', async () => {
    const socket = await openFlow();
    deregister();
    socket.write('after');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toBe('after');
  });

  it('cuts them where the target group says so, once the target is gone', async () => {
    group.attributes.set('deregistration_delay.connection_termination.enabled', 'true');
    const socket = await openFlow();
    for (const registration of group.registrations.values()) registration.state = 'draining';
    cell.loadBalancing.changes.announce();
    socket.write('draining');
    await once(socket, 'data');
    deregister();
    await expect(received(socket)).rejects.toThrow('ECONNRESET');
  });
});

it('breaks its flows when the node dies', async () => {
  await listenAtTarget((socket) => socket.pipe(socket));
  const socket = client();
  socket.write('hello');
  await once(socket, 'data');
  const [node] = nlb.nodes;
  if (node) moveNode(cell, node, 'dead');
  await expect(received(socket)).rejects.toThrow('ECONNRESET');
  await expect(received(client())).rejects.toThrow('ECONNREFUSED');
});
