import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sync } from '../src/app/sync.ts';
import { clientsByReach } from '../src/aws/clients-by-reach.ts';
import { type Emulator, type SteppedClock, startEmulator, steppedClock } from '../src/emulator/index.ts';
import { dnsResolver } from '../src/sources/dns/resolver.ts';
import { until } from './until.ts';

const [ours, theirs] = ['111111111111', '222222222222'];
const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const trusting = (AWS: string, Condition?: object) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS }, Condition }],
  });
const allowing = (Action: string[], Resource = '*') =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] });

interface Account {
  ec2: EC2;
  elbv2: ElasticLoadBalancingV2;
  iam: IAM;
}

let clock: SteppedClock;
let local: Emulator;
let closers: (() => unknown)[];

beforeEach(async () => {
  closers = [];
  clock = steppedClock();
  local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
  closers.push(() => local.close());
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.reverse()) await close();
});

function account(accessKeyId: string): Account {
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  const settings = { endpoint: local.endpoint, region: 'us-east-1', credentials };
  const clients = {
    ec2: new EC2(settings),
    elbv2: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
  };
  closers.push(() => Object.values(clients).map((client) => client.destroy()));
  return clients;
}

/** A VPC with a subnet in each of two zones. */
async function network({ ec2 }: Account, prefix: string): Promise<{ vpcId: string; subnets: string[] }> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: `${prefix}.0.0/16` });
  const vpcId = Vpc?.VpcId ?? '';
  const subnets: string[] = [];
  for (const [index, AvailabilityZone] of ['us-east-1a', 'us-east-1b'].entries()) {
    const CidrBlock = `${prefix}.${index}.0/24`;
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone });
    subnets.push(Subnet?.SubnetId ?? '');
  }
  return { vpcId, subnets };
}

/** A load balancer whose listener forwards to a group of addresses, empty so far; the ARNs of both. */
async function balance(
  { elbv2 }: Account,
  type: 'application' | 'network',
  { vpcId, subnets }: { vpcId: string; subnets: string[] },
  groups: string[],
): Promise<{ arn: string; groupArn: string }> {
  const Protocol = type === 'network' ? 'TCP' : 'HTTP';
  const { LoadBalancers } = await elbv2.createLoadBalancer({
    Name: type,
    Type: type,
    Scheme: 'internal',
    Subnets: subnets,
    SecurityGroups: groups,
  });
  const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { TargetGroups } = await elbv2.createTargetGroup({
    Name: type,
    Protocol,
    Port: 80,
    TargetType: 'ip',
    VpcId: vpcId,
  });
  const groupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: groupArn } as const];
  await elbv2.createListener({ LoadBalancerArn: arn, Protocol, Port: 80, DefaultActions });
  return { arn, groupArn };
}

/** Takes the part of a function with a role of an account: its credentials are all that it has. */
async function become(accessKeyId: string, role: string): Promise<void> {
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  const sts = new STS({ endpoint: local.endpoint, region: 'us-east-1', credentials });
  const { Credentials } = await sts.assumeRole({ RoleArn: role, RoleSessionName: 'updater' });
  sts.destroy();
  vi.stubEnv('AWS_ENDPOINT_URL', local.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', Credentials?.AccessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', Credentials?.SecretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', Credentials?.SessionToken);
}

function requested(address: string, vpcId: string): Promise<string> {
  const { host = '', port = 0 } = local.where({ address, port: 80, vpcId }) ?? {};
  return new Promise((resolve, reject) => {
    get({ host, port, agent: false }, (response) => {
      response.on('data', (chunk) => resolve(String(chunk)));
    }).on('error', reject);
  });
}

it('an NLB follows an ALB of another account, by a role there, and its traffic passes', async () => {
  const [here, there] = [account(ours), account(theirs)];
  const [home, far] = [await network(here, '10.0'), await network(there, '10.1')];

  // There: an ALB that lets our network in, its target, and a role for whoever knows the external id.
  const { GroupId = '' } = await there.ec2.createSecurityGroup({
    GroupName: 'from the other account',
    Description: 'from the other account',
    VpcId: far.vpcId,
  });
  const IpRanges = [{ CidrIp: '10.0.0.0/16' }];
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges }];
  await there.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  const alb = await balance(there, 'application', far, [GroupId]);
  const app = createServer((_request, response) => response.end('hello from there'));
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => app.close());
  const forwardTo = { host: '127.0.0.1', port: (app.address() as AddressInfo).port };
  local.cell(theirs).hosts.add({ address: '10.1.0.200', port: 80, forwardTo });
  await there.elbv2.registerTargets({ TargetGroupArn: alb.groupArn, Targets: [{ Id: '10.1.0.200' }] });
  const reads = [
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
    'elasticloadbalancing:DescribeLoadBalancers',
  ];
  const condition = { StringEquals: { 'sts:ExternalId': 'known-to-both' } };
  await there.iam.createRole({
    RoleName: 'reader',
    AssumeRolePolicyDocument: trusting(roleArn(ours, 'updater'), condition),
  });
  await there.iam.putRolePolicy({ RoleName: 'reader', PolicyName: 'reads', PolicyDocument: allowing(reads) });

  // Here: an NLB whose targets are that ALB's addresses, and the updater's role.
  const nlb = await balance(here, 'network', home, []);
  await here.iam.createRole({
    RoleName: 'updater',
    AssumeRolePolicyDocument: trusting(`arn:aws:iam::${ours}:root`),
  });
  const owns = ['ec2:DescribeVpcs', 'elasticloadbalancing:Describe*', 'elasticloadbalancing:*Targets'];
  const grants: [string, string][] = [
    ['owns', allowing(owns)],
    ['crosses', allowing(['sts:AssumeRole'], roleArn(theirs, 'reader'))],
  ];
  for (const [PolicyName, PolicyDocument] of grants) {
    await here.iam.putRolePolicy({ RoleName: 'updater', PolicyName, PolicyDocument });
  }
  await clock.advance(60_000);

  await become(ours, roleArn(ours, 'updater'));
  const role = { arn: roleArn(theirs, 'reader'), externalId: 'known-to-both' };
  const binding = {
    name: 'across',
    source: { type: 'load-balancer', arn: alb.arn, role },
    sink: { type: 'target-group', arn: nlb.groupArn, port: 80 },
    policy: { mode: 'sync' },
  };
  await sync(undefined, {
    clientsOf: clientsByReach({
      now: () => clock.now(),
      wait: (milliseconds) => clock.advance(milliseconds),
    }),
    resolve: dnsResolver({ systemServers: () => [local.servers.dns ?? ''] }),
    wait: (milliseconds) => clock.advance(milliseconds),
    now: () => clock.now(),
    write: () => {},
    environment: { ALBRIDGE_CONFIG: JSON.stringify({ bindings: [binding] }) },
  });

  const { TargetHealthDescriptions = [] } = await here.elbv2.describeTargetHealth({
    TargetGroupArn: nlb.groupArn,
  });
  const nodes = local.cell(theirs).loadBalancing.loadBalancers.get(alb.arn)?.nodes ?? [];
  const addresses = nodes.flatMap((node) => node.interface.privateIpAddresses);
  expect(
    TargetHealthDescriptions.map(({ Target }) => `${Target?.Id} ${Target?.AvailabilityZone}`).sort(),
  ).toEqual(addresses.map((address) => `${address} all`).sort());
  for (const id of [theirs, ours]) {
    const { changes, targetGroups } = local.cell(id).loadBalancing;
    await clock.advance(15_000);
    await until(changes, () =>
      [...targetGroups.values()].every(({ registrations }) =>
        [...registrations.values()].every(({ state }) => state === 'healthy'),
      ),
    );
  }
  const [front] = local.cell(ours).loadBalancing.loadBalancers.get(nlb.arn)?.nodes ?? [];
  expect(await requested(front?.interface.privateIpAddresses[0] ?? '', home.vpcId)).toBe('hello from there');
});
