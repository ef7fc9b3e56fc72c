import { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { AddressSource, AllowListSync, TargetGroupSync } from '../src/cdk/index.ts';
import { createNetwork } from '../src/cli/local/network.ts';
import { requestScaling } from '../src/cli/local/scale.ts';
import type { Cell } from '../src/emulator/index.ts';
import { inventory } from './inventory.ts';
import { grants, importedGroup, resourcesOf, roleStatements } from './terraform-constructs.ts';
import { account, canRun, otherAccount, settingsOf, terraformLocal, timeout } from './terraform-local.ts';
import type { TerraformWorkspace } from './terraform-workspace.ts';
import { until } from './until.ts';

const changed = '-var=changed=true';

const world = terraformLocal('the Terraform module');
let cell: Cell;

describe.skipIf(!canRun)('the Terraform module', () => {
  let workspace: TerraformWorkspace;
  let before: Record<string, number>;
  let albArn: string;
  let otherAlbArn: string;

  beforeAll(async () => {
    if (!canRun) return;
    cell = world.local.cell();
    const network = await createAlb(account);
    const otherNetwork = await createAlb(otherAccount);
    [albArn, otherAlbArn] = [network.albArn, otherNetwork.albArn];
    cell.names.set('db.example.internal', { addresses: ['10.0.0.21', '10.0.1.21'], ttl: 5 });
    before = inventory(cell);
    const variables = { alb_arn: albArn, other_alb_arn: otherAlbArn, vpc_id: network.vpcId };
    workspace = world.open('terraform-module', variables);
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
      await requestScaling(world.local.endpoint, 'web', nodes);
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

  function terraform(...args: string[]): Promise<string> {
    return world.inRealTime(() => workspace.terraform(...args));
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

function allowedBy(roleName: string, policyName: string): string[] {
  const policy = cell.identity.roles.get(roleName)?.inlinePolicies.get(policyName);
  return grants(JSON.parse(policy ?? '{"Statement":[]}').Statement);
}

async function createAlb(of: string): Promise<{ albArn: string; vpcId: string }> {
  const ec2Client = new EC2Client(settingsOf(world, of));
  const elbv2Client = new ElasticLoadBalancingV2Client(settingsOf(world, of));
  const { vpcId, subnetIds } = await createNetwork(ec2Client);
  const { LoadBalancers } = await elbv2Client.send(
    new CreateLoadBalancerCommand({ Name: 'web', Scheme: 'internal', Subnets: subnetIds }),
  );
  ec2Client.destroy();
  elbv2Client.destroy();
  const albArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { loadBalancers, changes } = world.local.cell(of).loadBalancing;
  await until(changes, () => loadBalancers.get(albArn)?.state === 'active');
  return { albArn, vpcId };
}

function addressesOf(loadBalancerArn: string, of = account): string[] {
  const { nodes = [] } = world.local.cell(of).loadBalancing.loadBalancers.get(loadBalancerArn) ?? {};
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
