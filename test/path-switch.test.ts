import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ListenerCertificate } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from '../src/cdk/index.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import { currentEntries } from '../src/emulator/world/network/prefix-list.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';

let deployer: Deployer;

beforeAll(async () => {
  deployer = await startDeployer(100);
});
afterAll(() => deployer?.close());

type Props = Partial<ApiGatewayAlbBridgeProps>;

async function deployBridge(props: Props, more: (stack: Stack) => Props = () => ({})): Promise<string> {
  const { targets, vpc } = deployer;
  const { ApiUrl = '' } = await deployer.deploy('switched', (app) => {
    const stack = new Stack(app, 'switched');
    const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
      // Functions wait in real time.
      drainTimeout: Duration.seconds(1),
      healthCheck: { path: '/hello' },
      targets: targets.map((address) => new IpTarget(address)),
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', vpc),
      ...props,
      ...more(stack),
    });
    new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
    return stack;
  });
  return deployer.place(ApiUrl);
}

it('goes from path to path under traffic, without a failed request', async () => {
  const empty = inventory(deployer.cell);
  const url = await deployBridge({ ingress: 'security-group', path: 'ip-sync' });
  const failures: string[] = [];
  const traffic = startTraffic({
    url: `${url}/hello/there`,
    requestsPerSecond: 30,
    methods: ['GET', 'GET', 'POST'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  const hops: string[] = [];
  for (const path of ['alb-target', 'direct', 'ip-sync'] as const) {
    const sent = traffic.requests;
    expect(await deployBridge({ ingress: 'security-group', path })).toBe(url);
    expect(traffic.requests).toBeGreaterThan(sent);
    const [nlbs, groups] = [loadBalancers('network'), deployer.cell.loadBalancing.targetGroups.size];
    hops.push(`${path}: ${nlbs} NLB, ${groups} target groups`);
  }
  await traffic.stop();
  expect(failures).toEqual([]);
  expect(hops).toEqual([
    'alb-target: 1 NLB, 2 target groups',
    'direct: 0 NLB, 1 target groups',
    'ip-sync: 1 NLB, 2 target groups',
  ]);
  await deployer.destroy('switched');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

it('leaves the addresses of an NLB for the ALB in two updates, and a list of them, here of an HTTP API', async () => {
  const empty = inventory(deployer.cell);
  const url = await deployBridge({ apiType: 'HTTP', path: 'ip-sync' });
  const failures: string[] = [];
  const traffic = startTraffic({
    url: `${url}/hello/there`,
    requestsPerSecond: 30,
    methods: ['GET', 'GET', 'POST'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  await deployBridge({ apiType: 'HTTP', path: 'direct', standby: 'ip-sync' });
  expect(loadBalancers('network')).toBe(1);
  await deployBridge({ apiType: 'HTTP', path: 'direct' });
  expect(loadBalancers('network')).toBe(0);
  await deployBridge({ apiType: 'HTTP', ingress: 'prefix-list', path: 'ip-sync' });
  const [list] = deployer.cell.network.prefixLists.values();
  const entries = list ? currentEntries(list) : [];
  expect(entries.map(({ cidr }) => cidr).sort()).toEqual(nlbAddresses().map((address) => `${address}/32`));
  expect(
    [...deployer.cell.functions.all.keys()].filter((name) => name.includes('AlbridgeSync')),
  ).toHaveLength(1);
  await deployBridge({ apiType: 'HTTP', ingress: 'prefix-list', path: 'direct', standby: 'ip-sync' });
  await deployBridge({ apiType: 'HTTP', path: 'direct' });
  await traffic.stop();
  expect(traffic.requests).toBeGreaterThan(0);
  expect(failures).toEqual([]);
  await deployer.destroy('switched');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

const certificate = ListenerCertificate.fromArn('arn:aws:acm:us-east-1:000000000000:certificate/api');

it('speaks TLS as far as there are certificates, to whom an authorizer lets in', async () => {
  const empty = inventory(deployer.cell);
  const both = { albCertificate: certificate, nlbCertificate: certificate, serverName: 'api.example.com' };
  const url = await deployBridge(both, (stack) => ({
    authorizer: new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: gatekeeper(stack) }),
  }));
  const statusFor = async (headers: Record<string, string>) =>
    (await fetch(`${url}/hello/there`, { headers })).status;
  expect(await statusFor({})).toBe(401);
  expect(await statusFor({ authorization: 'stranger' })).toBe(403);
  expect(await statusFor({ authorization: 'friend' })).toBe(200);
  const { listeners } = deployer.cell.loadBalancing;
  const served = [...listeners.values()].map(({ port, protocol }) => `${protocol} ${port}`);
  expect(served.sort()).toEqual(['HTTPS 443', 'TLS 443']);
  await deployer.destroy('switched');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

function gatekeeper(stack: Stack): lambda.Function {
  const logGroup = new logs.LogGroup(stack, 'GatekeeperLogs', { removalPolicy: RemovalPolicy.DESTROY });
  return new lambda.Function(stack, 'Gatekeeper', {
    code: lambda.Code.fromInline(`exports.handler = async ({ authorizationToken, methodArn }) => ({
      principalId: authorizationToken,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Action: 'execute-api:Invoke',
          Effect: authorizationToken === 'friend' ? 'Allow' : 'Deny',
          Resource: methodArn,
        }],
      },
    });`),
    handler: 'index.handler',
    logGroup,
    runtime: lambda.Runtime.NODEJS_24_X,
  });
}

function nlbAddresses(): string[] {
  return [...deployer.cell.loadBalancing.loadBalancers.values()]
    .filter(({ type }) => type === 'network')
    .flatMap(({ nodes }) => nodes.flatMap((node) => node.interface.privateIpAddresses))
    .sort();
}

function loadBalancers(type: string): number {
  const { loadBalancers: all } = deployer.cell.loadBalancing;
  return [...all.values()].filter((one) => one.type === type).length;
}
