import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { type Loopback, loopback } from '../loopback/loopback.ts';
import type { Place } from '../loopback/socket-address.ts';
import { type ServedSockets, serveSockets } from '../served-sockets.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { machineOf } from '../testing/machine.ts';
import { received } from '../testing/received.ts';
import { send } from '../testing/requests.ts';
import {
  addBalancer,
  addHost,
  addListener,
  addTargetGroup,
  emptyCell,
  forwardTo,
  moveNode,
} from '../testing/world.ts';

const closing = closingAfterEach();
const at = { address: '10.0.0.10', port: 80 };

let clock: SteppedClock;
let cell: Cell;
let network: Loopback;
let sockets: ServedSockets;
let alb: LoadBalancer;
let listener: Listener;

beforeEach(async () => {
  clock = steppedClock();
  cell = emptyCell(clock);
  network = loopback('single');
  sockets = serveSockets(cell, machineOf(network));
  closing(() => sockets.close());
  alb = addBalancer(cell, 'application', [at.address]);
  listener = addListener(cell, alb, forwardTo(addTargetGroup(cell, ['10.0.9.1'])));
  await sockets.settled();
});

function place(): Place {
  const found = network.where(at);
  if (!found) throw new Error('the node does not listen');
  return found;
}

async function app(handle: RequestListener): Promise<void> {
  const server = await addHost(cell, '10.0.9.1', createServer(handle));
  closing(() => {
    server.close();
    server.closeAllConnections();
  });
  await sockets.settled();
}

describe('forwarding', () => {
  it('names its own address as the host for HTTP/1.0 that names none', async () => {
    await app((request, response) => response.end(`to ${request.headers.host}`));
    const socket = connect(place());
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await received(socket)).toContain('to 10.0.0.10');
  });

  it('passes method, path, headers and body on, and says who asks and how', async () => {
    await app(async (request, response) => {
      const chunks: string[] = [];
      for await (const chunk of request) chunks.push(String(chunk));
      response.writeHead(201, { 'X-Served-By': 'app', 'Set-Cookie': ['a=1', 'b=2'] });
      response.end(JSON.stringify([request.method, request.url, request.headers, chunks.join('')]));
    });
    const headers = { 'X-Custom': 'Yes', 'X-Forwarded-For': '203.0.113.7', 'Content-Length': 5 };
    const answer = await send(place(), { method: 'PUT', path: '/a%20b?x=1&y', headers, body: 'hello' });
    const [method, url, got, body] = JSON.parse(answer.body) as [
      string,
      string,
      Record<string, string>,
      string,
    ];
    expect([answer.status, method, url, body]).toEqual([201, 'PUT', '/a%20b?x=1&y', 'hello']);
    expect(answer.headers).toMatchObject({ 'x-served-by': 'app', 'set-cookie': ['a=1', 'b=2'] });
    expect(got).toMatchObject({
      'x-custom': 'Yes',
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '80',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
  });

  it('streams: the answer begins before the request ends', async () => {
    await app((request, response) => {
      request.on('data', (chunk: Buffer) => response.write(String(chunk).toUpperCase()));
      request.on('end', () => response.end());
    });
    const request = httpRequest({ ...place(), method: 'POST', agent: new Agent() });
    request.write('first ');
    const [response] = await once(request, 'response');
    const [chunk] = await once(response, 'data');
    request.end('second');
    const [rest] = await once(response, 'data');
    expect([String(chunk), String(rest)]).toEqual(['FIRST ', 'SECOND']);
  });

  it('keeps a post without a body without one', async () => {
    await app((request, response) => response.end(JSON.stringify(request.headers)));
    const socket = connect(place());
    socket.write('POST / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toContain('"content-length":"0"');
    socket.destroy();
  });

  it('answers 503 where no target is registered', async () => {
    listener.defaultActions = [forwardTo(addTargetGroup(cell, []))];
    const { status, headers, body } = await send(place());
    expect([status, headers.server]).toEqual([503, 'awselb/2.0']);
    expect(body).toContain('<title>503 Service Temporarily Unavailable</title>');
  });

  it('answers 502 where the target refuses', async () => {
    expect(await send(place(), { method: 'POST', body: 'x' })).toMatchObject({
      status: 502,
      headers: { server: 'awselb/2.0' },
    });
  });

  it('answers 502 where the target hangs up', async () => {
    await app((request) => request.socket.destroy());
    expect(await send(place())).toMatchObject({ status: 502 });
  });

  it('answers 504 where the target is silent for the idle time-out', async () => {
    alb.attributes.set('idle_timeout.timeout_seconds', '0.05');
    cell.loadBalancing.listeners.delete(listener.arn);
    cell.loadBalancing.changes.announce();
    addListener(cell, alb, listener.defaultActions[0] ?? { Type: 'forward' });
    await sockets.settled();
    await app(() => {});
    expect(await send(place())).toMatchObject({ status: 504 });
  });

  it('breaks an answer off that the target breaks off', async () => {
    await app((request, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half', () => request.socket.destroy());
    });
    await expect(send(place())).rejects.toThrow();
  });
});

describe('own answers', () => {
  it('answers what is fixed', async () => {
    const config = { StatusCode: '404', ContentType: 'application/json', MessageBody: '{"no":"ä"}' };
    listener.defaultActions = [{ Type: 'fixed-response', FixedResponseConfig: config }];
    const { status, headers, body } = await send(place(), { path: '/other' });
    expect([status, body]).toEqual([404, '{"no":"ä"}']);
    expect(headers).toMatchObject({
      server: 'awselb/2.0',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('redirects', async () => {
    listener.defaultActions = [
      { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Path: '/new' } },
    ];
    const answer = await send(place(), { path: '/a?x=1', headers: { Host: 'example.com' } });
    expect(answer).toMatchObject({ status: 302, headers: { location: 'http://example.com:80/new?x=1' } });
  });

  it('lets a rule that matches go before the default', async () => {
    const fixed = (StatusCode: string) => [
      { Type: 'fixed-response', FixedResponseConfig: { StatusCode } } as const,
    ];
    listener.defaultActions = fixed('404');
    const conditions = [{ Field: 'path-pattern', Values: ['/hello*'] }];
    listener.rules = [{ arn: 'rule', priority: 1, conditions, actions: fixed('204'), tags: new Map() }];
    expect(await send(place(), { path: '/hello?x' })).toMatchObject({ status: 204 });
    expect(await send(place(), { path: '/other' })).toMatchObject({ status: 404 });
  });

  it('answers 400 to what is no HTTP', async () => {
    const socket = connect(place());
    socket.end('nonsense\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1.1 400 .*\r\nServer: awselb\/2.0\r\n/);
  });
});

it('counts requests: all of them for itself, those for targets for their group too', async () => {
  await app((_request, response) => response.end());
  const [group] = cell.loadBalancing.targetGroups.values();
  await send(place());
  await send(place());
  listener.defaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
  await send(place());
  await clock.advance(60_000);
  const { requestCounts } = cell.loadBalancing;
  const counted = [alb.arn, group?.arn ?? ''].map((arn) => requestCounts.lastMinutes(arn, 2, clock.now()));
  expect(counted).toEqual([
    [3, 0],
    [2, 0],
  ]);
});

describe('upgrades', () => {
  async function upgrade(): Promise<{ status: string; socket: Socket }> {
    const socket = connect(place());
    socket.write('GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    return { status: String(chunk).split('\r\n')[0] ?? '', socket };
  }

  it('lets bytes flow both ways once the target agrees', async () => {
    const server = createServer();
    server.on('upgrade', (request, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\n`,
      );
      socket.on('error', () => {});
      socket.pipe(socket);
    });
    await addHost(cell, '10.0.9.1', server);
    closing(() => server.close());
    await sockets.settled();
    const { status, socket } = await upgrade();
    expect(status).toBe('HTTP/1.1 101 Switching Protocols');
    socket.write('ping');
    const [echo] = await once(socket, 'data');
    expect(String(echo)).toBe('ping');
    socket.destroy();
  });

  it('passes the answer on of a target that does not agree', async () => {
    await app((_request, response) => response.writeHead(426).end('no'));
    const { status, socket } = await upgrade();
    expect(status).toBe('HTTP/1.1 426 Upgrade Required');
    socket.destroy();
  });

  it('answers 502 where the target refuses', async () => {
    const { status, socket } = await upgrade();
    expect(status).toBe('HTTP/1.1 502 Bad Gateway');
    socket.destroy();
  });
});

describe('a node that goes', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeEach(() => {
    listener.defaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }];
    closing(() => agent.destroy());
  });

  it('keeps connections while it serves', async () => {
    expect(await send(place(), { agent })).toMatchObject({ headers: { connection: 'keep-alive' } });
  });

  it('answers on while it leaves, and ends each connection with the answer', async () => {
    const [node] = alb.nodes;
    if (node) moveNode(cell, node, 'leaving');
    expect(await send(place(), { agent })).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(await send(place(), { agent })).toMatchObject({ status: 200 });
  });

  it('closes what is idle when it has been leaving for a while', async () => {
    const idle = connect(place());
    idle.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle, 'data');
    const ended = once(idle, 'end');
    const [node] = alb.nodes;
    if (node) moveNode(cell, node, 'leaving');
    await clock.advance(60_000);
    await ended;
  });

  it('breaks every connection when it dies, and takes no more', async () => {
    const there = place();
    const idle = connect(there);
    await once(idle, 'connect');
    const [node] = alb.nodes;
    if (node) moveNode(cell, node, 'dead');
    await expect(once(idle, 'end')).rejects.toThrow('ECONNRESET');
    await expect(send(there)).rejects.toThrow('ECONNREFUSED');
    expect(network.where(at)).toBeUndefined();
  });
});
