import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiGatewayAlbBridge } from '../src/cdk/bridge/api-gateway-alb-bridge.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import type { StartInstance } from '../src/emulator/index.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';
import { until } from './until.ts';

let deployer: Deployer;

/** Ids of instances that answer their health checks with an error, and all else as ever. */
const failing = new Set<string>();

/** A server for each instance, which answers with the instance's id. */
const startInstance: StartInstance = async ({ id }) => {
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    response.statusCode = request.url === '/health' && failing.has(id) ? 500 : 200;
    response.end(id);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ports: [{ port: 80, forwardTo: { host: '127.0.0.1', port } }],
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
};

beforeAll(async () => {
  deployer = await startDeployer(100, startInstance);
});
afterAll(() => deployer?.close());

function bridgeTo(stack: Stack): void {
  const { network } = deployer;
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: network.subnetIds,
    vpcId: network.vpcId,
  });
  const group = new autoscaling.AutoScalingGroup(stack, 'Group', {
    healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
      additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
      gracePeriod: Duration.minutes(1),
    }),
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    maxCapacity: 6,
    minCapacity: 2,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  });
  const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
    // Time enough in real milliseconds, where a minute of the world is less than a second.
    healthCheck: { path: '/health', interval: Duration.seconds(60), timeout: Duration.seconds(50) },
    targets: [group],
    vpc,
  });
  new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
  new CfnOutput(stack, 'GroupName', { value: group.autoScalingGroupName });
}

it('leads through a group that grows, replaces an instance and shrinks, without a failed request', async () => {
  const cell = deployer.local.cell();
  const empty = inventory(cell);
  const { ApiUrl = '', GroupName = '' } = await deployer.deploy('scaled', (app) => {
    const stack = new Stack(app, 'scaled');
    bridgeTo(stack);
    return stack;
  });
  const { endpoint } = deployer.local;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new AutoScaling({ endpoint, region: 'us-east-1', credentials });
  const setCapacity = (DesiredCapacity: number) =>
    client.setDesiredCapacity({ AutoScalingGroupName: GroupName, DesiredCapacity });

  /** States of the group's targets, by the instance's id. */
  const targets = (): Map<string, string> => {
    const members = cell.autoScaling.groups.get(GroupName)?.members ?? new Map<string, never>();
    const groups = [...cell.loadBalancing.targetGroups.values()];
    const registered = groups.flatMap(({ registrations }) => [...registrations.values()]);
    return new Map(registered.filter(({ id }) => members.has(id)).map(({ id, state }) => [id, state]));
  };
  const allHealthy = (count: number, without = ''): Promise<void> =>
    until(cell.loadBalancing.changes, () => {
      const states = targets();
      const isLeft = !cell.autoScaling.groups.get(GroupName)?.members.has(without);
      return isLeft && states.size === count && [...states.values()].every((state) => state === 'healthy');
    });

  await allHealthy(2);
  const seen = new Set<string>();
  const url = `${deployer.place(ApiUrl)}/hello`;
  const failures: string[] = [];
  const traffic = startTraffic({
    url,
    requestsPerSecond: 30,
    methods: ['GET', 'GET', 'POST'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  await setCapacity(4);
  await allHealthy(4);
  for (let request = 0; request < 40; request++) seen.add(await (await fetch(url)).text());
  expect([...seen].sort()).toEqual([...targets().keys()].sort());

  const [sick = ''] = targets().keys();
  failing.add(sick);
  await allHealthy(4, sick);
  expect(cell.network.instances.get(sick)?.state).toBe('terminated');

  await setCapacity(2);
  await allHealthy(2);
  await traffic.stop();
  client.destroy();
  expect(traffic.requests).toBeGreaterThan(100);
  expect(failures).toEqual([]);
  await deployer.destroy('scaled');
  expect(inventory(cell)).toEqual(empty);
}, 120_000);
