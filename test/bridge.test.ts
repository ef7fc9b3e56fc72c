import { connect } from 'node:net';
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestScaling } from '../src/cli/local/scale.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import { type DeployedBridge, deployBridge } from './deployed-bridge.ts';
import { invocations, until } from './until.ts';

describe.each(['auto', 'single'] as const)('the bridge, deployed with loopback %s', (loopback) => {
  let bridge: DeployedBridge;

  beforeAll(async () => {
    bridge = await deployBridge({ timeScale: 60, loopback });
  });
  afterAll(() => bridge.close());

  it('takes a request through every hop to a target', async () => {
    const answer = await fetch(`${bridge.apiUrl}/hello/there?who=me`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(/^hello from sample target [12]$/),
      path: '/hello/there?who=me',
      hops: {
        apiGateway: new URL(bridge.outputs.ApiUrl ?? '').hostname.split('.')[0],
        nlb: expect.toBeOneOf(bridge.addressesOf('NlbArn')),
        alb: expect.toBeOneOf(bridge.addressesOf('AlbArn')),
        target: expect.stringMatching(/^10\.0\./),
      },
    });
  });

  it('preserves no client addresses: the ALB is asked by the NLB (FM28)', async () => {
    const { Attributes } = await bridge.clients.elbv2.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: bridge.outputs.NlbTargetGroupArn }),
    );
    expect(Attributes).toContainEqual({ Key: 'preserve_client_ip.enabled', Value: 'false' });
    const answer = await fetch(`${bridge.apiUrl}/hello/there`);
    expect(await answer.json()).toMatchObject({
      hops: { nlb: expect.toBeOneOf(bridge.addressesOf('NlbArn')) },
    });
  });

  it('answers the ALB’s fixed 404 where no rule forwards', async () => {
    const answer = await fetch(`${bridge.apiUrl}/other`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-remapped-server')).toBe('awselb/2.0');
  });

  it('admits the NLB to the ALB, and nobody else', async () => {
    const [node = ''] = bridge.addressesOf('AlbArn');
    await expect(ask(bridge, node)).rejects.toThrow(/ECONNRESET|closed/);
    const [edge = ''] = bridge.addressesOf('NlbArn');
    expect(await ask(bridge, edge)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('allows exactly the NLB’s addresses on the listener’s port', async () => {
    const { SecurityGroups } = await bridge.clients.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [bridge.outputs.AlbSecurityGroupId ?? ''] }),
    );
    expect(SecurityGroups?.[0]?.IpPermissions).toEqual([
      expect.objectContaining({
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        IpRanges: expect.toSatisfy(
          (ranges: { CidrIp: string }[]) =>
            String(ranges.map(({ CidrIp }) => CidrIp).sort()) ===
            String(
              bridge
                .addressesOf('NlbArn')
                .map((address) => `${address}/32`)
                .sort(),
            ),
        ),
      }),
    ]);
  });
});

describe('the bridge while its ALB scales', () => {
  let bridge: DeployedBridge;

  beforeAll(async () => {
    bridge = await deployBridge({ timeScale: 60 });
  });
  afterAll(() => bridge.close());

  it('follows within two ticks, and fails none of 50 requests a second over ten scalings', async () => {
    const failures: string[] = [];
    const started = performance.now();
    const traffic = startTraffic({
      url: `${bridge.apiUrl}/hello`,
      requestsPerSecond: 50,
      methods: ['GET', 'GET', 'POST'],
      succeeds: isOk,
      onFailure: (cause) => failures.push(cause),
    });
    for (const nodes of [6, 2, 6, 2, 5, 3, 14, 10, 4, 2]) {
      await requestScaling(bridge.local.endpoint, bridge.albName, nodes);
      await until(bridge.local.cell().loadBalancing.changes, () => bridge.nodesInService().length === nodes);
      await invocations(bridge.local.cell(), bridge.syncLogGroup, 2);
      expect(await registered(bridge)).toEqual(bridge.nodesInService());
    }
    const seconds = (performance.now() - started) / 1000;
    await traffic.stop();
    expect(failures).toEqual([]);
    // Steady: what was sent is what was due, but for the last moment's.
    expect(traffic.requests).toBeGreaterThan(50 * seconds - 50);
    expect(traffic.requests).toBeGreaterThan(500);
  }, 180_000);
});

/** The addresses that the NLB's target group holds, without those that drain. */
async function registered({ clients, outputs }: DeployedBridge): Promise<string[]> {
  const { TargetHealthDescriptions = [] } = await clients.elbv2.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: outputs.NlbTargetGroupArn }),
  );
  return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining')
    .map(({ Target }) => Target?.Id ?? '')
    .sort();
}

/** Asks a node for /hello over a connection from outside the VPC; gives the first line of the answer. */
function ask({ local }: DeployedBridge, address: string): Promise<string> {
  const place = local.where({ address, port: 80 });
  if (!place) throw new Error(`nothing serves ${address}:80`);
  return new Promise((resolve, reject) => {
    const socket = connect(place);
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString().split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without an answer')));
    socket.write('GET /hello HTTP/1.1\r\nHost: test\r\n\r\n');
  });
}
