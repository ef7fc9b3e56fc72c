import { APIGateway } from '@aws-sdk/client-api-gateway';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BridgeStack as ExistingEverything } from '../examples/existing-everything/bridge-stack.ts';
import { BridgeStack as HttpApiDirect } from '../examples/http-api-direct/bridge-stack.ts';
import { BridgeStack as NewVpc } from '../examples/new-vpc/bridge-stack.ts';
import { BridgeStack as OpenApiCanary } from '../examples/openapi-canary/bridge-stack.ts';
import type { BridgePath } from '../src/cdk/index.ts';
import { sampleInstances } from '../src/cli/local/sample-instances.ts';
import { isOk, startTraffic, type TrafficOptions } from '../src/cli/local/traffic.ts';
import { allHealthy } from './all-healthy.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';

/** Functions wait in real time. */
const drainTimeout = Duration.seconds(1);

let deployer: Deployer;
let apiGateway: APIGateway;
let empty: Record<string, number>;

beforeAll(async () => {
  deployer = await startDeployer(
    100,
    sampleInstances(() => deployer?.local),
  );
  const { endpoint } = deployer.local;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  apiGateway = new APIGateway({ endpoint, region: 'us-east-1', credentials });
});
beforeEach(() => {
  empty = inventory(deployer.cell);
});
afterAll(async () => {
  apiGateway?.destroy();
  await deployer?.close();
});

it('makes a VPC with servers, and goes to another path', async () => {
  const deploy = (path?: BridgePath) =>
    deployer.deploy('vpc', (app) => new NewVpc(app, 'vpc', { drainTimeout, path }));
  const { ApiUrl = '' } = await deploy();
  await allHealthy(deployer.cell);
  const url = `${deployer.place(ApiUrl)}/hello/there`;
  expect(await seen(await fetch(url))).toEqual([200, '/hello/there']);
  await underTraffic({ url, methods: ['GET', 'POST'] }, () => deploy('alb-target'));
  await deployer.destroy('vpc');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

it('leads an HTTP API straight to the ALB, and then by an NLB', async () => {
  const { targets, vpc } = deployer;
  const deploy = (path?: BridgePath) =>
    deployer.deploy('http', (app) => new HttpApiDirect(app, 'http', { drainTimeout, path, targets, vpc }));
  const { ApiUrl = '' } = await deploy();
  await allHealthy(deployer.cell);
  const url = `${deployer.place(ApiUrl)}/hello/there`;
  expect(await seen(await fetch(url))).toEqual([200, '/hello/there']);
  await underTraffic({ url, methods: ['GET', 'POST'] }, () => deploy('ip-sync'));
  await deployer.destroy('http');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

it('deploys a version of a document as a canary, behind keys, and goes from path to path', async () => {
  const { targets, vpc } = deployer;
  const deploy = (version: string, stableDeploymentId?: string, path?: BridgePath) =>
    deployer.deploy(
      'canary',
      (app) =>
        new OpenApiCanary(app, 'canary', { drainTimeout, path, stableDeploymentId, targets, version, vpc }),
    );
  const { ApiKeyId, ApiUrl = '', DeploymentId } = await deploy('1');
  const url = deployer.place(ApiUrl);
  expect((await fetch(`${url}/hello/you`)).status).toBe(403);
  const { value = '' } = await apiGateway.getApiKey({ apiKey: ApiKeyId, includeValue: true });
  await allHealthy(deployer.cell);
  const answer = await fetch(`${url}/hello/you`, { headers: { 'x-api-key': value } });
  expect(await seen(answer)).toEqual([200, '/hello/you']);

  await deploy('2', DeploymentId);
  const versions: string[] = [];
  for (let count = 0; count < 100; count++) versions.push(await (await fetch(`${url}/version`)).text());
  const canaries = versions.filter((version) => version === '"2"').length;
  expect([new Set(versions).size, canaries > 0, canaries < 50]).toEqual([2, true, true]);

  const keyed = { url: `${url}/hello/you`, headers: { 'x-api-key': value } };
  await underTraffic(keyed, () => deploy('2', undefined, 'ip-sync'));
  expect(await (await fetch(`${url}/version`)).text()).toBe('"2"');
  await deployer.destroy('canary');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

it('leads an API that is there to an ALB that is there, and goes without a trace', async () => {
  const { vpc } = deployer;
  const outputs = await deployer.deploy('there', (app) => landscape(new Stack(app, 'there')));
  const { id: restApiId = '', rootResourceId = '' } = await apiGateway.createRestApi({ name: 'there' });
  const before = inventory(deployer.cell);
  const {
    AlbArn = '',
    AlbDns = '',
    AlbGroup = '',
    ListenerArn = '',
    NlbArn = '',
    NlbDns = '',
    NlbGroup = '',
  } = outputs;
  const deploy = (path?: BridgePath, standby?: BridgePath) =>
    deployer.deploy(
      'existing',
      (app) =>
        new ExistingEverything(app, 'existing', {
          alb: { loadBalancerArn: AlbArn, loadBalancerDnsName: AlbDns, securityGroupId: AlbGroup },
          albListenerArn: ListenerArn,
          nlb: {
            loadBalancerArn: NlbArn,
            loadBalancerDnsName: NlbDns,
            loadBalancerSecurityGroups: [NlbGroup],
          },
          path,
          restApi: { restApiId, rootResourceId },
          standby,
          vpc,
        }),
    );
  await deploy();
  await apiGateway.createDeployment({ restApiId, stageName: 'live' });
  await allHealthy(deployer.cell);
  const url = `${deployer.local.servers.apis}/${restApiId}/live/hello/there`;
  expect(await seen(await fetch(url))).toEqual([200, '/hello/there']);
  await underTraffic({ url, methods: ['GET', 'POST'] }, async () => {
    await deploy('alb-target', 'ip-sync');
    await apiGateway.createDeployment({ restApiId, stageName: 'live' });
    await deploy('alb-target');
  });
  await apiGateway.deleteRestApi({ restApiId });
  await deployer.destroy('existing');
  expect(inventory(deployer.cell)).toEqual({ ...before, restApis: (before.restApis ?? 1) - 1 });
}, 120_000);

type Requests = Pick<TrafficOptions, 'url'> & Partial<Pick<TrafficOptions, 'headers' | 'methods'>>;

/** No request fails meanwhile. */
async function underTraffic(requests: Requests, action: () => Promise<unknown>): Promise<void> {
  const failures: string[] = [];
  const traffic = startTraffic({
    requestsPerSecond: 30,
    methods: ['GET'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
    ...requests,
  });
  await action();
  await traffic.stop();
  expect(traffic.requests).toBeGreaterThan(0);
  expect(failures).toEqual([]);
}

/** The status, and the path that the target saw. */
async function seen(answer: Response): Promise<[number, string | undefined]> {
  const text = await answer.text();
  return [answer.status, text.startsWith('{') ? JSON.parse(text).path : text];
}

/** What somebody has already. */
function landscape(stack: Stack): Stack {
  const inVpc = { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', deployer.vpc) };
  const albGroup = new ec2.SecurityGroup(stack, 'AlbSecurityGroup', inVpc);
  const nlbGroup = new ec2.SecurityGroup(stack, 'NlbSecurityGroup', inVpc);
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { ...inVpc, securityGroup: albGroup });
  const listener = alb.addListener('Listener', { open: false, port: 80 });
  const targets = deployer.targets.map((address) => new IpTarget(address));
  listener.addTargets('Web', { healthCheck: { path: '/hello' }, port: 80, targets });
  const nlb = new elbv2.NetworkLoadBalancer(stack, 'Nlb', {
    ...inVpc,
    crossZoneEnabled: true,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
    securityGroups: [nlbGroup],
  });
  const outputs = {
    AlbArn: alb.loadBalancerArn,
    AlbDns: alb.loadBalancerDnsName,
    AlbGroup: albGroup.securityGroupId,
    ListenerArn: listener.listenerArn,
    NlbArn: nlb.loadBalancerArn,
    NlbDns: nlb.loadBalancerDnsName,
    NlbGroup: nlbGroup.securityGroupId,
  };
  for (const [id, value] of Object.entries(outputs)) new CfnOutput(stack, id, { value });
  return stack;
}
