import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { beforeEach, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock/stepped-clock.ts';
import type { Probe } from '../world/load-balancing/probe.ts';
import type { HealthCheck } from '../world/load-balancing/target-group.ts';
import type { Peer } from '../world/network/peer.ts';
import { type Loopback, loopback } from './loopback/loopback.ts';
import { socketProber } from './prober.ts';
import { closingAfterEach } from './testing/closing.ts';
import { openCertificates } from './tls/certificates.ts';

const closing = closingAfterEach();
const at = { address: '10.0.9.1', port: 80 };

let clock: SteppedClock;
let network: Loopback;

beforeEach(() => {
  clock = steppedClock();
  network = loopback('single');
});

async function listen(server: Server, admits?: (peer: Peer | undefined) => boolean): Promise<Server> {
  closing(() => server.close());
  await network.listen({ server, at, ...(admits && { admits }) });
  return server;
}

const web = (handle: RequestListener): Promise<Server> =>
  listen(createHttpServer({ keepAliveTimeout: 1 }, handle));

function probe(check: Partial<HealthCheck>): Probe {
  const defaults: HealthCheck = {
    enabled: true,
    protocol: 'HTTP',
    port: 'traffic-port',
    path: '/health?deep',
    intervalSeconds: 30,
    timeoutSeconds: 6,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: '200-399',
  };
  return { from: { address: '10.0.0.20' }, ...at, check: { ...defaults, ...check } };
}

it('passes a TCP check where a connection comes about', async () => {
  await listen(createServer((socket) => socket.on('error', () => {}).resume()));
  expect(await socketProber(network, clock)(probe({ protocol: 'TCP' }))).toEqual({ passed: true });
});

it.each(['TCP', 'HTTP', 'HTTPS'])('fails a %s check where nothing listens', async (protocol) => {
  expect(await socketProber(network, clock)(probe({ protocol }))).toEqual({
    passed: false,
    cause: 'refused',
  });
});

it('fails a check that a firewall drops as one that nobody answers', async () => {
  await listen(createServer(), (peer) => peer?.address !== '10.0.0.20');
  expect(await socketProber(network, clock)(probe({ protocol: 'TCP' }))).toEqual({
    passed: false,
    cause: 'timeout',
  });
});

it('gets the path, from the address of the node', async () => {
  const seen: unknown[] = [];
  await web((request, response) => {
    const { host, 'user-agent': agent } = request.headers;
    seen.push([network.peer(request.socket)?.address, request.method, request.url, host, agent]);
    response.end();
  });
  expect(await socketProber(network, clock)(probe({}))).toEqual({ passed: true });
  expect(seen).toEqual([['10.0.0.20', 'GET', '/health?deep', '10.0.9.1:80', 'ELB-HealthChecker/2.0']]);
});

it('fails an HTTP check by its status', async () => {
  await web((_request, response) => response.writeHead(503).end());
  expect(await socketProber(network, clock)(probe({}))).toEqual({
    passed: false,
    cause: 'status',
    status: 503,
  });
});

it('fails an HTTP check where the target hangs up', async () => {
  await listen(createServer((socket) => socket.on('error', () => {}).on('data', () => socket.destroy())));
  expect(await socketProber(network, clock)(probe({}))).toEqual({ passed: false, cause: 'refused' });
});

it('asks a target over HTTPS whose certificate nobody knows', async () => {
  const own = openCertificates(() => Date.now()).issue('elsewhere.example');
  await listen(createSecureServer({ ...own, keepAliveTimeout: 1 }, (_request, response) => response.end()));
  expect(await socketProber(network, clock)(probe({ protocol: 'HTTPS' }))).toEqual({ passed: true });
});

it('says that it is the load balancer’s own where the PROXY protocol is spoken', async () => {
  const server = await listen(createServer((socket) => socket.on('error', () => {})));
  const result = socketProber(network, clock)({ ...probe({}), proxyProtocol: true });
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  await result;
  expect([bytes.subarray(0, 12).toString('latin1'), ...bytes.subarray(12, 16)]).toEqual([
    '\r\n\r\n\0\r\nQUIT\n',
    0x20,
    0,
    0,
    0,
  ]);
});

it('gives up when the time is over by the clock', async () => {
  const server = await listen(createServer((socket) => socket.on('error', () => {}).resume()));
  const result = socketProber(network, clock)(probe({ timeoutSeconds: 6 }));
  await once(server, 'connection');
  await clock.advance(6_000);
  expect(await result).toEqual({ passed: false, cause: 'timeout' });
});

it('hears an answer that came while the process was held up, though the time is over', async () => {
  await web((_request, response) => response.end());
  const result = socketProber(network, clock)(probe({ timeoutSeconds: 6 }));
  await clock.advance(6_000);
  expect(await result).toEqual({ passed: true });
});
