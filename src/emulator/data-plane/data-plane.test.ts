import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { steppedClock } from '../clock/stepped-clock.ts';
import { seeded } from '../core/random.ts';
import { type DataPlaneOptions, startDataPlane } from './data-plane.ts';
import { type Bridge, startBridge } from './testing/bridge.ts';
import { closingAfterEach } from './testing/closing.ts';
import { addNode, addSecurityGroup, moveNode, registerTarget } from './testing/world.ts';

const closing = closingAfterEach();

async function bridge(mode: 'many' | 'single'): Promise<Bridge> {
  const started = await startBridge(mode);
  closing(() => started.close());
  return started;
}

/** How many of `count` requests, some at once, are answered with 200, and what the others got. */
async function load(
  apiUrl: string,
  count: number,
  during: (sent: number) => void = () => {},
): Promise<string[]> {
  const failures: string[] = [];
  let sent = 0;
  async function client(): Promise<void> {
    while (sent < count) {
      during(++sent);
      const response = await fetch(`${apiUrl}/hello`);
      const body = await response.text();
      if (response.status !== 200) failures.push(`${response.status} ${body}`);
    }
  }
  await Promise.all(Array.from({ length: 8 }, client));
  return failures;
}

describe.each(['many', 'single'] as const)('data plane on loopback mode %s', (mode) => {
  it('carries a request through API Gateway, VPC link, NLB and ALB to the target', async () => {
    const { apiUrl } = await bridge(mode);
    const response = await fetch(`${apiUrl}/hello/world?x=1`);
    const body = (await response.json()) as { url: string; headers: Record<string, string>; node: string };
    expect(response.status).toBe(200);
    expect(body.url).toBe('/hello/world?x=1');
    expect(body.headers['x-forwarded-for']).toBe('127.0.0.1, 10.0.0.20');
    expect(['10.0.0.10', '10.0.0.11']).toContain(body.node);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets the security group refuse whoever is not the NLB', async () => {
    const { dataPlane, cell, alb, apiUrl } = await bridge(mode);
    const place = dataPlane.where({ address: '10.0.0.10', port: 80 });
    await expect(fetch(`http://${place?.host}:${place?.port}/hello`)).rejects.toThrow('fetch failed');
    const check = { protocol: 'TCP', timeoutSeconds: 10, matcher: '200', path: '/' };
    const probe = { address: '10.0.0.10', port: 80, check: { ...alb, ...check } as never };
    expect(await dataPlane.prober({ ...probe, from: { address: '10.0.0.99' } })).toEqual({
      passed: false,
      cause: 'timeout',
    });
    expect(await dataPlane.prober({ ...probe, from: { address: '10.0.0.20' } })).toEqual({ passed: true });

    alb.securityGroupIds = [addSecurityGroup(cell)];
    expect(await load(apiUrl, 1)).toEqual(['504 {"message":"Network error communicating with endpoint"}']);
  });

  it('loses no request while a node leaves', async () => {
    const { cell, alb, targets, apiUrl } = await bridge(mode);
    const [leaving] = alb.nodes;
    const failures = await load(apiUrl, 400, (sent) => {
      if (sent === 100 && leaving) moveNode(cell, leaving, 'leaving');
      if (sent === 200) targets.registrations.delete('10.0.0.10:80');
      if (sent === 300 && leaving) {
        alb.nodes = alb.nodes.filter((node) => node !== leaving);
        cell.loadBalancing.changes.announce();
      }
    });
    expect(failures).toEqual([]);
  });

  it('sends requests to a node that joins', async () => {
    const { cell, alb, targets, dataPlane, apiUrl } = await bridge(mode);
    addNode(cell, alb, '10.0.0.12');
    cell.loadBalancing.changes.announce();
    targets.registrations.clear();
    registerTarget(targets, '10.0.0.12');
    await dataPlane.settled();
    const response = await fetch(`${apiUrl}/hello`);
    expect(await response.json()).toMatchObject({ node: '10.0.0.12' });
  });

  it('fails the flows sent to a dead node', async () => {
    const { cell, alb, targets, apiUrl } = await bridge(mode);
    for (const node of alb.nodes) moveNode(cell, node, 'dead');
    expect(await load(apiUrl, 1)).toEqual(['504 {"message":"Network error communicating with endpoint"}']);
    targets.registrations.clear();
    expect(await load(apiUrl, 1)).toEqual(['504 {"message":"Network error communicating with endpoint"}']);
  });

  it('stops listening when it is closed', async () => {
    const { dataPlane, close } = await startBridge(mode);
    const places = ['10.0.0.10', '10.0.0.20', '10.0.9.1'].map((address) =>
      dataPlane.where({ address, port: 80 }),
    );
    await close();
    for (const place of places) {
      const socket = connect({ host: String(place?.host), port: Number(place?.port) });
      await expect(
        new Promise((resolve, reject) => {
          socket.on('connect', resolve).on('error', reject);
        }),
      ).rejects.toThrow('ECONNREFUSED');
    }
  });
});

it('says which port is in use', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve);
  });
  closing(() => taken.close());
  const { port } = taken.address() as { port: number };
  const options: DataPlaneOptions = {
    clock: steppedClock(),
    random: seeded(1),
    loopback: 'auto',
    apiPort: 0,
    dnsPort: 0,
  };
  const message = `port ${port} of 127.0.0.1 is in use`;
  await expect(startDataPlane({ ...options, apiPort: port })).rejects.toThrow(message);
  await expect(startDataPlane({ ...options, dnsPort: port })).rejects.toThrow(message);
  await expect(startDataPlane({ ...options, dnsPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
