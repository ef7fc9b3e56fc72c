import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ApiGatewayAlbBridge } from '../src/cdk/bridge/api-gateway-alb-bridge.ts';
import { createTargetAddresses } from '../src/cli/local/network.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';
import { until } from './until.ts';

let deployer: Deployer;

beforeAll(async () => {
  deployer = await startDeployer(100);
});
afterAll(() => deployer?.close());

const Authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';

/** A backend that says what it hears back to whoever said it, through the API. */
async function startEcho(api: () => string): Promise<{ port: number; heard: string[]; close(): void }> {
  const heard: string[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push(request.url ?? '');
    response.end();
    if (request.url !== '/$default') return;
    const id = encodeURIComponent(String(request.headers.connectionid));
    const headers = { Authorization };
    const body = Buffer.concat(chunks);
    await fetch(`${api()}/@connections/${id}`, { method: 'POST', headers, body });
  }
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    (request, response) => void take(request, response),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function bridgeTo(stack: Stack, address: string): void {
  const { network } = deployer;
  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    apiType: 'WEBSOCKET',
    targets: [new IpTarget(address)],
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      isolatedSubnetIds: network.subnetIds,
      vpcId: network.vpcId,
    }),
  });
  new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
}

it('leads messages to the targets, and answers back, while the ALB scales', async () => {
  const { clients, local, network } = deployer;
  const cell = local.cell();
  const [address = ''] = await createTargetAddresses(clients.ec2, network, 1);
  const empty = inventory(cell);
  let api = '';
  const echo = await startEcho(() => api);
  cell.hosts.add({ address, port: 80, forwardTo: { host: '127.0.0.1', port: echo.port } });
  const { ApiUrl = '' } = await deployer.deploy('chat', (app) => {
    const stack = new Stack(app, 'chat');
    bridgeTo(stack, address);
    return stack;
  });
  api = deployer.place(ApiUrl.replace('wss:', 'https:'));
  const groups = [...cell.loadBalancing.targetGroups.values()];
  const alb = [...cell.loadBalancing.loadBalancers.values()].find(({ type }) => type === 'application');
  const nodes = groups.find(({ targetType, protocol }) => targetType === 'ip' && protocol === 'TCP');
  if (!alb || !nodes) throw new Error('the bridge has no ALB, or no group of its nodes');
  const allHealthy = (): Promise<void> =>
    until(cell.loadBalancing.changes, () =>
      groups.every(({ registrations }) =>
        [...registrations.values()].some(({ state }) => state === 'healthy'),
      ),
    );
  /** The NLB's targets are the ALB's nodes in service, and they are healthy. */
  const followed = (count: number): Promise<void> =>
    until(cell.loadBalancing.changes, () => {
      const healthy = [...nodes.registrations.values()].filter(({ state }) => state === 'healthy');
      return (
        alb.nodes.filter(({ phase }) => phase === 'serving').length === count && healthy.length === count
      );
    });
  await allHealthy();

  const client = new WebSocket(api.replace('http:', 'ws:'));
  const answers: string[] = [];
  client.on('message', (data) => answers.push(String(data)));
  await new Promise((resolve, reject) => {
    client.once('open', resolve);
    client.once('error', reject);
  });
  let sent = 0;
  const talk = setInterval(() => client.send(`message ${sent++}`), 20);
  cell.fleet.scale(alb, 5);
  await followed(5);
  cell.fleet.scale(alb, 2);
  await followed(2);
  await until(cell.loadBalancing.changes, () => alb.nodes.length === 2);
  clearInterval(talk);
  const answered = new Promise<void>((resolve) => {
    client.on('message', () => answers.length >= sent && resolve());
    client.send(`message ${sent++}`);
  });
  await answered;
  const wanted = Array.from({ length: sent }, (_, index) => `message ${index}`);
  expect(sent).toBeGreaterThan(50);
  expect(answers.sort()).toEqual(wanted.sort());
  const gone = new Promise<number>((resolve) => {
    client.once('close', resolve);
  });
  client.close(1000);
  expect(await gone).toBe(1000);
  expect(echo.heard).toContain('/$connect');
  await deployer.destroy('chat');
  expect(inventory(cell)).toEqual(empty);
  echo.close();
}, 120_000);
