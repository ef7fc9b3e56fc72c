import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressSource, AllowListSync, TargetGroupSync } from '../src/cdk/index.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createNetwork } from '../src/cli/local/network.ts';
import { requestScaling } from '../src/cli/local/scale.ts';
import { type Cell, type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled } from './foreign-client.ts';
import { inventory } from './inventory.ts';
import {
  constructAlarms,
  grants,
  type PlannedResource,
  plannedAlarms,
  resourcesOf,
  roleStatements,
} from './terraform-constructs.ts';
import { openTerraformWorkspace, type TerraformWorkspace } from './terraform-workspace.ts';
import { until } from './until.ts';

const plugins = process.env.ALBRIDGE_TERRAFORM_PLUGINS ?? '';
if (plugins === '') {
  console.log('skipped: the Terraform module, as ALBRIDGE_TERRAFORM_PLUGINS names no folder of providers');
}
const canRun = plugins !== '' && isInstalled('Terraform', 'terraform', 'version');

/** The provider waits by its own clock: half a minute before it takes a queue for made. */
const timeout = 300_000;
const changed = '-var=changed=true';
const account = '000000000000';
const otherAccount = '222222222222';

const clock = scaledClock(20);
const closing: Closing = [() => clock.close()];
let local: Emulator;
let cell: Cell;

beforeAll(async () => {
  if (!canRun) return;
  local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0, loopback: 'auto' } });
  closing.push(() => local.close());
  cell = local.cell();
});
afterAll(() => closeAll(closing));

function open(folder: string, variables: Record<string, string> = {}): TerraformWorkspace {
  const workspace = openTerraformWorkspace(folder, { endpoint: local.endpoint, plugins, variables });
  closing.push(() => workspace.close());
  return workspace;
}

describe.skipIf(!canRun)('the Terraform module', () => {
  let workspace: TerraformWorkspace;
  let before: Record<string, number>;
  let albArn: string;
  let otherAlbArn: string;

  beforeAll(async () => {
    if (!canRun) return;
    const network = await createAlb(account);
    const otherNetwork = await createAlb(otherAccount);
    [albArn, otherAlbArn] = [network.albArn, otherNetwork.albArn];
    cell.names.set('db.example.internal', { addresses: ['10.0.0.21', '10.0.1.21'], ttl: 5 });
    before = inventory(cell);
    const variables = { alb_arn: albArn, other_alb_arn: otherAlbArn, vpc_id: network.vpcId };
    workspace = open('terraform-module', variables);
    await terraform('init', '-backend=false');
  });

  it('makes an updater that fills each sink under roles of its own', { timeout }, async () => {
    expect(await terraform('apply', '-auto-approve')).toContain('Apply complete!');
    await until(cell.logGroups, () => heldCounts().join() === '2,5,5,4,3,3');
    const nodes = addressesOf(albArn);
    const names = ['10.0.0.21', '10.0.1.21', '10.0.9.9'];
    expect(targets('web')).toEqual(nodes.map((address) => `${address}:80`));
    expect(rules('inline')).toEqual(
      ['10.0.0.0/16 22', ...nodes.flatMap((address) => [`${address}/32 443`, `${address}/32 80`])].sort(),
    );
    expect(entries('apart')).toEqual(['10.40.0.0/16', ...nodes.map((address) => `${address}/32`)].sort());
    expect(rules('apart')).toEqual(
      ['10.40.0.0/16 443', ...names.map((address) => `${address}/32 5432`)].sort(),
    );
    expect(targets('shared')).toEqual(
      [...names.map((address) => `${address}:80`), ...nodes.map((address) => `${address}:8443`)].sort(),
    );
    const others = addressesOf(otherAlbArn, otherAccount);
    expect(entries('inline')).toEqual(['10.40.0.0/16', ...others.map((address) => `${address}/32`)].sort());
  });

  it('starts at what a topic is told, and tells one of alarms', () => {
    const [topic] = cell.topics.all.values();
    const heard = [...(topic?.subscriptions.values() ?? [])].map(({ endpoint }) =>
      endpoint.split(':').at(-1),
    );
    expect(heard).toEqual(['ticking']);
    expect(cell.functions.all.get('ticking')?.permissions.size).toBeGreaterThan(0);
    const actions = [...cell.alarms.all.values()].map((alarm) => alarm.actions.ALARM);
    expect(actions.length).toBeGreaterThan(0);
    for (const each of actions) expect(each).toEqual([topic?.arn]);
  });

  it('allows the functions what the constructs allow them (FM30)', () => {
    const several = resourcesOf((stack, code) => constructsOfModule(stack, code));
    expect(allowedBy('albridge', 'sync')).toEqual(grants(roleStatements(several, 'SyncRole')));
    const ticking = resourcesOf((stack, code) => constructOfTicking(stack, code));
    expect(allowedBy('ticking', 'sync')).toEqual(grants(roleStatements(ticking, 'SyncRole')));
    expect(allowedBy('ticking-dispatch', 'dispatch')).toEqual(
      grants(roleStatements(ticking, 'SyncDispatchRole')),
    );
  });

  it('has the updater follow an ALB that scales out and in', { timeout }, async () => {
    for (const nodes of [4, 2]) {
      await requestScaling(local.endpoint, 'web', nodes);
      await until(
        cell.logGroups,
        () => targets('web').length === nodes && entries('apart').length === nodes + 1,
      );
      expect(targets('web')).toEqual(servingNodes().map((address) => `${address}:80`));
    }
  });

  it('changes what is asked for, and takes nothing that the updater wrote for a difference (FM25)', {
    timeout,
  }, async () => {
    expect(await terraform('apply', '-auto-approve', changed)).toContain(
      'Resources: 0 added, 2 changed, 0 destroyed',
    );
    // Targets on a port that is not the sink's any more are left to their owner.
    const nodes = servingNodes();
    await until(cell.logGroups, () => targets('web').length === 2 * nodes.length);
    expect(targets('web')).toEqual(nodes.flatMap((address) => [`${address}:80`, `${address}:8080`]).sort());
    expect(await terraform('plan', '-detailed-exitcode', changed)).toContain('No changes.');
  });

  it('destroys all that it has made, and nothing else', { timeout }, async () => {
    expect(await terraform('destroy', '-auto-approve', changed)).toContain('Destroy complete!');
    // Interfaces are the ALB's, and come and go with its nodes.
    expect({ ...inventory(cell), interfaces: before.interfaces }).toEqual(before);
    expect(cell.parameters.all.size).toBe(0);
  });

  /** Meanwhile the world's time is no faster than Terraform's: passes that nobody looks at would be many. */
  async function terraform(...args: string[]): Promise<string> {
    const release = clock.hold?.();
    return workspace.terraform(...args).finally(release);
  }

  function heldCounts(): number[] {
    const groups = [targets('web'), targets('shared'), rules('inline'), rules('apart')];
    return [...groups, entries('inline'), entries('apart')].map(({ length }) => length);
  }

  function servingNodes(): string[] {
    const { nodes = [] } = cell.loadBalancing.loadBalancers.get(albArn) ?? {};
    return nodes
      .flatMap((node) => (node.phase === 'serving' ? node.interface.privateIpAddresses : []))
      .sort();
  }

  function constructsOfModule(stack: Stack, syncCode: lambda.Code): void {
    const alb = AddressSource.loadBalancer(imported(stack, albArn));
    const names = AddressSource.merged(
      AddressSource.dns('db.example.internal'),
      AddressSource.static(['10.0.9.9']),
    );
    const role = iam.Role.fromRoleArn(stack, 'Reader', `arn:aws:iam::${otherAccount}:role/reader`);
    const across = AddressSource.loadBalancer(imported(stack, otherAlbArn), { role });
    const targetGroup = (name: string) => importedGroup(stack, groupArn(name));
    const securityGroup = (name: string) =>
      ec2.SecurityGroup.fromSecurityGroupId(stack, `sg-${name}`, securityGroupId(name));
    const prefixList = (name: string) =>
      ec2.PrefixList.fromPrefixListId(stack, `pl-${name}`, prefixListId(name));
    new TargetGroupSync(stack, 'A', { syncCode, source: alb, targetGroup: targetGroup('web'), port: 80 });
    new AllowListSync(stack, 'B', {
      syncCode,
      source: alb,
      securityGroup: securityGroup('inline'),
      port: 80,
    });
    new AllowListSync(stack, 'C', { syncCode, source: alb, prefixList: prefixList('apart') });
    new AllowListSync(stack, 'D', {
      syncCode,
      source: names,
      securityGroup: securityGroup('apart'),
      port: 5432,
    });
    new TargetGroupSync(stack, 'E', {
      syncCode,
      source: names,
      targetGroup: targetGroup('shared'),
      port: 80,
    });
    new AllowListSync(stack, 'F', { syncCode, source: across, prefixList: prefixList('inline') });
  }

  function constructOfTicking(stack: Stack, code: lambda.Code): void {
    new TargetGroupSync(stack, 'A', {
      dispatchCode: code,
      events: true,
      every: Duration.seconds(30),
      loadBalancer: imported(stack, albArn),
      port: 8443,
      syncCode: code,
      targetGroup: importedGroup(stack, groupArn('shared')),
    });
  }
});

describe.skipIf(!canRun)('what the Terraform module is given', () => {
  it('is told what is wrong with all of its settings', { timeout }, async () => {
    const workspace = open('terraform-wrong/settings');
    for (const name of ['bindings.tf', 'variables.tf']) {
      cpSync(new URL(`../terraform/${name}`, import.meta.url), join(workspace.folder, 'variables', name));
    }
    await workspace.terraform('init', '-backend=false');
    const told = await refusal(workspace.terraform('validate'));
    expect(told).toContain('1 to 40 letters, digits, hyphens and underscores, got too.many.dots.');
    expect(told).toContain(
      '5s, 6s, 10s, 12s, 15s, 20s and 30s, or whole minutes or hours from 1m to 24h, got 45s.',
    );
    expect(told).toContain('must be nodejs22.x or nodejs24.x, got python3.13');
    expect(told).toContain('either a folder or a bucket, got both');
    expect(told).toContain('a subnet and a security group at least: name them, or leave vpc out');
    expect(told).toContain('concurrency must be 1 or more, got 0');
    expect(told).toContain(
      'name of a binding must be of at most 128 letters, digits, dots, hyphens and underscores, got one two',
    );
    expect(told).toContain('A binding must have a source and a sink at least, got 0 and 1 in one two');
    expect(told).toContain(
      'name of a sink must be of at most 64 letters, digits, dots, hyphens and underscores, got three four',
    );
  });

  it('is told what is wrong with all of its bindings', { timeout }, async () => {
    const workspace = open('terraform-wrong/bindings');
    await workspace.terraform('init', '-backend=false');
    const told = await refusal(workspace.terraform('plan'));
    const kinds = 'expected one of dns, load_balancer, network_interfaces, static, vpc_endpoint, got';
    for (const problem of [
      `kinds.sources[0]: ${kinds} none`,
      `kinds.sources[1]: ${kinds} dns and static`,
      'kinds.sources[1]: expected a name such as db.example.internal, got 10.0.0.1: an address is of the kind static',
      'kinds.sources[1]: expected addresses without a prefix length, got 10.0.0.0/24',
      'kinds.sources[2]: expected neither region nor role',
      'kinds.sources[2]: expected the family ipv4, ipv6 or both, got any',
      'kinds.sources[3]: expected either arn or description',
      'kinds.sources[4]: expected the arn of an application or network load balancer, got arn:',
      'kinds.sources[5]: expected at least one of tags, security_group_ids and subnet_ids',
      'kinds.sinks.none: expected one of prefix_list, security_group, target_group, got none',
      'kinds.sinks.group: expected the arn of a target group, got web',
      'kinds.sinks.group: expected ports from 1 to 65535, got 0',
      'kinds.sinks.open: expected one of port, ports (both with or without protocol) and rules',
      'kinds.sinks.range: expected ports from 1 to 65535, got 70000',
      'kinds.sinks.range: expected the protocol tcp or udp, got icmp',
      'kinds.sinks.list.policy: expected the mode sync (exactly the addresses of the sources) or upsert-only',
      'kinds.policy: expected min_healthy_percent from 0 to 100, got 101',
      'kinds.policy: expected max_removals from 1 up, got 0',
    ]) {
      expect(told).toContain(`bindings.${problem}`);
    }
    expect(told).toMatch(/port 80 of arn:\S+: expected one sink in mode sync, got several/);
    expect(told).toMatch(/must fit into the environment of a function, 3900 bytes, got \d{4}/);
    expect(told).toContain('There is no code of the function sync in nowhere/sync.zip: build it');
  });
});

describe.skipIf(!canRun)('the examples of the Terraform module', () => {
  let planned: PlannedResource[];
  let variables: Record<string, { default?: unknown }>;

  beforeAll(async () => {
    if (!canRun) return;
    await createTerraformRole();
    const workspace = open('terraform-examples');
    await workspace.terraform('fmt', '-check', '-recursive', '../..');
    await workspace.terraform('init', '-backend=false');
    await workspace.terraform('plan', '-out=plan');
    const plan = JSON.parse(await workspace.terraform('show', '-json', 'plan'));
    planned = plan.resource_changes;
    ({ variables } = plan.configuration.root_module.module_calls.everything.module);
  }, timeout);

  const of = (module: string) => planned.filter(({ address }) => address.startsWith(`module.${module}.`));

  it('are planned, each with its updater', () => {
    for (const example of [
      'nlb_in_front_of_alb',
      'database_behind_nlb',
      'allow_list',
      'alb_in_another_account',
    ]) {
      const functions = of(example).filter(({ address }) => address.endsWith('aws_lambda_function.sync'));
      expect(functions).toHaveLength(1);
    }
  });

  it('have alarms and permissions as the constructs do', () => {
    const constructs = resourcesOf((stack, code) => constructsOfEverything(stack, code));
    expect(plannedAlarms(of('everything'))).toEqual(constructAlarms(constructs));
    expect(plannedAlarms(of('everything'))).toHaveLength(8);
    const policy = of('everything').find(({ address }) => address.endsWith('aws_iam_role_policy.sync'));
    expect(grants(JSON.parse(policy?.change.after.policy).Statement)).toEqual(
      grants(roleStatements(constructs, 'SyncRole')),
    );
  });

  it('have the variables that the README lists', () => {
    const page = readFileSync(new URL('../terraform/README.md', import.meta.url), 'utf8');
    const [inputs = ''] = page.split('<!-- module: inputs -->')[1]?.split('####') ?? [];
    const listed = [...inputs.matchAll(/^\| `(\w+)` \| .*? \| (.*?) \| /gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const known = Object.entries(variables).map(([name, variable]) => [name, shownDefault(variable)]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
  });
});

function shownDefault(variable: { default?: unknown }): string {
  if (!('default' in variable)) return 'required';
  if (variable.default === null) return 'none';
  // Terraform adds to an object what its type has for defaults.
  const isObject = typeof variable.default === 'object' && !Array.isArray(variable.default);
  return `\`${isObject ? '{}' : JSON.stringify(variable.default)}\``;
}

function constructsOfEverything(stack: Stack, code: lambda.Code): void {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    vpcId: 'vpc-0123456789abcdef0',
  });
  const settings = { dispatchCode: code, events: true, every: Duration.hours(2), syncCode: code, vpc };
  const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
    port: 443,
    vpcEndpointId: 'vpce-0123456789abcdef0',
  });
  const orders = new TargetGroupSync(stack, 'Orders', {
    ...settings,
    bindingName: 'orders.nlb',
    port: 80,
    source: AddressSource.networkInterfaces({ tags: { role: 'web' } }),
    targetGroup: importedGroup(
      stack,
      `arn:aws:elasticloadbalancing:us-east-1:${account}:targetgroup/orders/0123456789abcdef`,
    ),
  });
  const clients = new AllowListSync(stack, 'Clients', {
    ...settings,
    bindingName: 'clients.list',
    listReach: { region: 'eu-west-1' },
    prefixList: ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-0123456789abcdef0'),
    source: AddressSource.vpcEndpoint(endpoint),
  });
  orders.addAlarms();
  clients.addAlarms();
}

function imported(stack: Stack, loadBalancerArn: string): elbv2.IApplicationLoadBalancer {
  return elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
    stack,
    `alb-${loadBalancerArn}`,
    {
      loadBalancerArn,
      securityGroupId: 'sg-0123456789abcdef0',
    },
  );
}

function importedGroup(stack: Stack, targetGroupArn: string): elbv2.ITargetGroup {
  return elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, targetGroupArn, { targetGroupArn });
}

function allowedBy(roleName: string, policyName: string): string[] {
  const policy = cell.identity.roles.get(roleName)?.inlinePolicies.get(policyName);
  return grants(JSON.parse(policy ?? '{"Statement":[]}').Statement);
}

/** What Terraform refuses, as one line: it breaks lines where the terminal would end. */
async function refusal(command: Promise<string>): Promise<string> {
  const message = await command.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
  return message.replaceAll(/\s+/g, ' ');
}

/** The role by which Terraform works in the other account. */
async function createTerraformRole(): Promise<void> {
  const client = new IAMClient(settingsOf(otherAccount));
  const trust = { Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } };
  await client.send(
    new CreateRoleCommand({ RoleName: 'terraform', AssumeRolePolicyDocument: policyOf(trust) }),
  );
  const PolicyDocument = policyOf({ Action: '*', Resource: '*' });
  await client.send(new PutRolePolicyCommand({ RoleName: 'terraform', PolicyName: 'all', PolicyDocument }));
  client.destroy();
}

function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}

async function createAlb(of: string): Promise<{ albArn: string; vpcId: string }> {
  const ec2Client = new EC2Client(settingsOf(of));
  const elbv2Client = new ElasticLoadBalancingV2Client(settingsOf(of));
  const { vpcId, subnetIds } = await createNetwork(ec2Client);
  const { LoadBalancers } = await elbv2Client.send(
    new CreateLoadBalancerCommand({ Name: 'web', Scheme: 'internal', Subnets: subnetIds }),
  );
  ec2Client.destroy();
  elbv2Client.destroy();
  const albArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { loadBalancers, changes } = local.cell(of).loadBalancing;
  await until(changes, () => loadBalancers.get(albArn)?.state === 'active');
  return { albArn, vpcId };
}

/** The local AWS takes an access key id of twelve digits for the account's number. */
function settingsOf(of: string) {
  const credentials = { accessKeyId: of, secretAccessKey: 'local' };
  return { endpoint: local.endpoint, region: 'us-east-1', credentials };
}

function addressesOf(loadBalancerArn: string, of = account): string[] {
  const { nodes = [] } = local.cell(of).loadBalancing.loadBalancers.get(loadBalancerArn) ?? {};
  return nodes.flatMap((node) => node.interface.privateIpAddresses).sort();
}

function named<T extends { name: string }>(all: ReadonlyMap<string, T>, wanted: string): T | undefined {
  return [...all.values()].find(({ name }) => name === wanted);
}

const groupArn = (name: string): string => named(cell.loadBalancing.targetGroups, name)?.arn ?? '';
const securityGroupId = (name: string): string => named(cell.network.securityGroups, name)?.id ?? '';
const prefixListId = (name: string): string => named(cell.network.prefixLists, name)?.id ?? '';

function targets(groupName: string): string[] {
  const registered = [
    ...(named(cell.loadBalancing.targetGroups, groupName)?.registrations.values() ?? []),
  ].filter(({ state }) => state !== 'draining');
  return registered.map(({ id, port }) => `${id}:${port}`).sort();
}

function rules(groupName: string): string[] {
  const ingress = [...(named(cell.network.securityGroups, groupName)?.rules.values() ?? [])].filter(
    ({ isEgress }) => !isEgress,
  );
  return ingress
    .map(({ peer, fromPort }) => `${peer.kind === 'ipv4' ? peer.cidr : peer.kind} ${fromPort}`)
    .sort();
}

function entries(listName: string): string[] {
  const list = named(cell.network.prefixLists, listName);
  return (list?.entries.get(list.version) ?? []).map(({ cidr }) => cidr).sort();
}
