import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DeleteSecurityGroupCommand,
  DeleteVpcEndpointsCommand,
} from '@aws-sdk/client-ec2';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccessStack } from '../examples/alb-in-another-account/access-stack.ts';
import { BridgeStack } from '../examples/alb-in-another-account/bridge-stack.ts';
import { DatabaseServiceStack } from '../examples/rds-privatelink/database-service-stack.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createTargetAddresses } from '../src/cli/local/network.ts';
import { isOk, startTraffic } from '../src/cli/local/traffic.ts';
import type { Emulator } from '../src/emulator/index.ts';
import { type Account, type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';
import { invocations, until } from './until.ts';

type SocketAddress = Parameters<Emulator['where']>[0];
type Place = NonNullable<ReturnType<Emulator['where']>>;

const bridgeAccount = '000000000000';
const albAccount = '222222222222';
const agreement = { accessRoleName: 'access', externalId: 'orders', syncRoleName: 'sync' };

const closing: Closing = [];
let home: Deployer;
let there: Account;
beforeAll(async () => {
  home = await startDeployer(100);
  there = await home.inAccount(albAccount);
});
afterAll(async () => {
  await closeAll(closing);
  await home?.close();
});

it('follows an ALB of another account, and admits the NLB there, by a role that it assumes', async () => {
  const empty = [inventory(home.cell), inventory(there.cell)];
  const {
    AlbArn = '',
    AlbDns = '',
    AlbGroup = '',
  } = await there.deploy('web', (app) => webStack(new Stack(app, 'web')));
  await there.deploy(
    'access',
    (app) => new AccessStack(app, 'access', { agreement, albSecurityGroupId: AlbGroup, bridgeAccount }),
  );
  const alb = { loadBalancerArn: AlbArn, loadBalancerDnsName: AlbDns, securityGroupId: AlbGroup };
  const deploy = (every?: Duration) =>
    home.deploy(
      'bridge',
      (app) => new BridgeStack(app, 'bridge', { agreement, alb, albAccount, every, vpc: home.vpc }),
    );
  const { ApiUrl = '' } = await deploy();

  const url = `${home.place(ApiUrl)}/hello/there`;
  const answer = await fetch(url);
  expect(await answer.json()).toMatchObject({ hops: { target: expect.stringMatching(/^10[.]1[.]/) } });
  expect(admitted(AlbGroup)).toEqual(nodes(home, 'network'));

  const failures: string[] = [];
  const traffic = startTraffic({
    url,
    requestsPerSecond: 30,
    methods: ['GET', 'GET', 'POST'],
    succeeds: isOk,
    onFailure: (cause) => failures.push(cause),
  });
  for (const count of [5, 2]) {
    await scale(AlbArn.split('/').at(-2) ?? '', count);
    await until(there.cell.loadBalancing.changes, () => nodes(there, 'application').length === count);
    await invocations(home.cell, logGroup(), 2);
    expect(registered()).toEqual(nodes(there, 'application'));
  }
  expect(await deploy(Duration.seconds(20))).toMatchObject({ ApiUrl });
  await scale(AlbArn.split('/').at(-2) ?? '', 4);
  await until(home.cell.loadBalancing.changes, () => registered().length === 4);
  expect(registered()).toEqual(nodes(there, 'application'));
  await traffic.stop();
  expect(traffic.requests).toBeGreaterThan(0);
  expect(failures).toEqual([]);

  await home.destroy('bridge');
  for (const name of ['access', 'web']) await there.destroy(name);
  expect([inventory(home.cell), inventory(there.cell)]).toEqual(empty);
}, 120_000);

it('offers a database to another account, and follows its name when it fails over', async () => {
  const empty = inventory(home.cell);
  const name = 'orders.cluster.example';
  const [writer = '', reader = ''] = await Promise.all(['one', 'two'].map(startDatabase));
  await setName(name, writer);
  const securityGroupId = await createGroup(home);
  const deploy = (...accounts: string[]) =>
    home.deploy(
      'database',
      (app) =>
        new DatabaseServiceStack(app, 'database', {
          consumers: accounts.map((account) => `arn:aws:iam::${account}:root`),
          database: { name, port: 5432, securityGroupId },
          vpc: home.vpc,
        }),
    );
  const { ServiceName } = await deploy(albAccount);
  const { VpcEndpoint } = await there.clients.ec2.send(
    new CreateVpcEndpointCommand({
      SecurityGroupIds: [await createGroup(there)],
      ServiceName,
      SubnetIds: there.network.subnetIds,
      VpcEndpointType: 'Interface',
      VpcId: there.network.vpcId,
    }),
  );
  const endpoint = there.cell.network.vpcEndpoints.get(VpcEndpoint?.VpcEndpointId ?? '');
  await until(there.cell.network.endpointChanges, () => endpoint?.state === 'available');
  await until(home.cell.loadBalancing.changes, () => healthy().includes(writer));
  const [held] = endpoint?.interfaceIds.map((id) => there.cell.network.interfaces.get(id)) ?? [];
  const at = { address: held?.privateIpAddresses[0] ?? '', port: 5432, vpcId: there.network.vpcId };

  const before = await connectTo(at);
  expect(before.greeting).toBe('one');
  expect(await deploy(albAccount, '333333333333')).toMatchObject({ ServiceName });
  await setName(name, reader);
  await until(home.cell.loadBalancing.changes, () => String(healthy()) === reader);
  // It was connected to what may not be written to any more.
  await before.closed;
  expect((await connectTo(at)).greeting).toBe('two');

  await there.clients.ec2.send(
    new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ''] }),
  );
  await home.destroy('database');
  await home.clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: securityGroupId }));
  const { interfaces = 0 } = empty;
  expect(inventory(home.cell)).toEqual({ ...empty, interfaces: interfaces + 2 });
}, 120_000);

/** A security group that lets everybody in to databases. */
async function createGroup({ clients: { ec2 }, network: { vpcId } }: Account): Promise<string> {
  const names = { Description: 'databases', GroupName: 'databases' };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ ...names, VpcId: vpcId }));
  const rule = { CidrIp: '0.0.0.0/0', FromPort: 5432, IpProtocol: 'tcp', ToPort: 5432 };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...rule }));
  return GroupId;
}

/** A server that greets with its name; gives its address. */
async function startDatabase(greeting: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(greeting);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(async () => void server.close());
  const [address = ''] = await createTargetAddresses(home.clients.ec2, home.network, 1);
  const forwardTo = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  home.cell.hosts.add({ address, port: 5432, forwardTo });
  return address;
}

async function setName(name: string, address: string): Promise<void> {
  const body = JSON.stringify({ addresses: [address], ttl: 5 });
  const { ok } = await fetch(`${home.local.endpoint}/_emulator/names/${name}`, { method: 'PUT', body });
  expect(ok).toBe(true);
}

/** A socket listens some turns after the world says that it is there. */
async function placeOf(at: SocketAddress): Promise<Place> {
  for (;;) {
    const place = home.local.where(at);
    if (place) return place;
    await setImmediate();
  }
}

async function connectTo(at: SocketAddress): Promise<{ greeting: string; closed: Promise<unknown> }> {
  const socket = connect(await placeOf(at));
  closing.push(async () => void socket.destroy());
  const closed = new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('close', resolve);
  });
  const [greeting] = await once(socket, 'data');
  return { greeting: String(greeting), closed };
}

/** What the home's NLB sends new connections to, as far as it is healthy. */
function healthy(): string[] {
  const [group] = home.cell.loadBalancing.targetGroups.values();
  return [...(group?.registrations.values() ?? [])]
    .filter(({ state }) => state === 'healthy')
    .map(({ id }) => id);
}

/** What the other team has already: an ALB whose security group admits nobody yet. */
function webStack(stack: Stack): Stack {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', there.vpc);
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc });
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { securityGroup, vpc });
  const targets = there.targets.map((address) => new IpTarget(address));
  alb
    .addListener('Listener', { open: false, port: 80 })
    .addTargets('Web', { healthCheck: { path: '/hello' }, port: 80, targets });
  new CfnOutput(stack, 'AlbArn', { value: alb.loadBalancerArn });
  new CfnOutput(stack, 'AlbDns', { value: alb.loadBalancerDnsName });
  new CfnOutput(stack, 'AlbGroup', { value: securityGroup.securityGroupId });
  return stack;
}

async function scale(name: string, count: number): Promise<void> {
  const url = `${home.local.endpoint}/_emulator/load-balancers/${name}/scale?account=${albAccount}`;
  const { ok } = await fetch(url, { method: 'POST', body: JSON.stringify({ nodes: count }) });
  expect(ok).toBe(true);
}

/** The addresses of a load balancer's nodes in service. */
function nodes({ cell }: Account, type: 'application' | 'network'): string[] {
  return [...cell.loadBalancing.loadBalancers.values()]
    .filter((balancer) => balancer.type === type)
    .flatMap((balancer) => balancer.nodes)
    .filter(({ phase }) => phase === 'serving')
    .flatMap((node) => node.interface.privateIpAddresses)
    .sort();
}

function admitted(securityGroupId: string): string[] {
  const rules = [...(there.cell.network.securityGroups.get(securityGroupId)?.rules.values() ?? [])];
  return rules
    .filter(({ isEgress }) => !isEgress)
    .map(({ peer }) => (peer.kind === 'ipv4' ? peer.cidr.replace('/32', '') : peer.kind))
    .sort();
}

/** What the NLB sends new connections to. */
function registered(): string[] {
  const [group] = home.cell.loadBalancing.targetGroups.values();
  return [...(group?.registrations.values() ?? [])]
    .filter(({ state }) => state !== 'draining')
    .map(({ id }) => id)
    .sort();
}

function logGroup(): string {
  return [...home.cell.logGroups.all.keys()].find((name) => name.includes('SyncLogGroup')) ?? '';
}
