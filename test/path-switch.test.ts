import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from '../src/cdk/api-gateway-alb-bridge.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';

let deployer: Deployer;

beforeAll(async () => {
  deployer = await startDeployer(100);
});
afterAll(() => deployer?.close());

async function deployBridge(props: Partial<ApiGatewayAlbBridgeProps>): Promise<string> {
  const { network, targets } = deployer;
  const { ApiUrl = '' } = await deployer.deploy('switched', (app) => {
    const stack = new Stack(app, 'switched');
    const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
      healthCheck: { path: '/hello' },
      targets: targets.map((address) => new IpTarget(address)),
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        isolatedSubnetIds: network.subnetIds,
        vpcId: network.vpcId,
      }),
      ...props,
    });
    new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
    return stack;
  });
  return deployer.place(ApiUrl);
}

it('goes from path to path under traffic, without a failed request', async () => {
  const empty = inventory(deployer.local.cell());
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
    const [nlbs, groups] = [loadBalancers('network'), deployer.local.cell().loadBalancing.targetGroups.size];
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
  expect(inventory(deployer.local.cell())).toEqual(empty);
}, 120_000);

it('leaves the addresses of an NLB for the ALB in two updates, here of an HTTP API', async () => {
  const empty = inventory(deployer.local.cell());
  const url = await deployBridge({ apiType: 'HTTP', path: 'ip-sync' });
  const failures: string[] = [];
  const traffic = startTraffic({
    url: `${url}/hello/there`,
    requestsPerSecond: 30,
    methods: ['GET'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  await deployBridge({ apiType: 'HTTP', path: 'direct', standby: 'ip-sync' });
  expect(loadBalancers('network')).toBe(1);
  await deployBridge({ apiType: 'HTTP', path: 'direct' });
  expect(loadBalancers('network')).toBe(0);
  await traffic.stop();
  expect(traffic.requests).toBeGreaterThan(0);
  expect(failures).toEqual([]);
  await deployer.destroy('switched');
  expect(inventory(deployer.local.cell())).toEqual(empty);
}, 120_000);

function loadBalancers(type: string): number {
  const { loadBalancers: all } = deployer.local.cell().loadBalancing;
  return [...all.values()].filter((one) => one.type === type).length;
}
