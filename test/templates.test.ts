import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { deploy } from '../src/cli/local/deploy.ts';
import { createNetwork } from '../src/cli/local/network.ts';
import { type Cell, type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { albTemplate } from './adopt/stacks.ts';
import { isInstalled, runClient } from './foreign-client.ts';
import { inventory } from './inventory.ts';
import { invocations, until } from './until.ts';

/** The templates, packaged and deployed by the AWS CLI as their users do it; `clients-aws-cli` has the bridge’s own. */

const hasCli = isInstalled('the AWS CLI', 'aws', '--version');
const timeScale = 60;
const dbName = 'db.example.internal';
const externalId = 'orders';
const updaters = ['allow-list', 'dns-updater', 'updater'];

describe.skipIf(!hasCli)('templates', () => {
  const closing: Closing = [];
  const folder = mkdtempSync(join(tmpdir(), 'albridge-templates-'));
  let local: Emulator;
  let cell: Cell;
  let clients: AwsClients;
  let before: Record<string, number>;
  /** What each template is given, by the name of its stack. */
  let parameters: Record<string, Record<string, string>>;
  let albArn: string;
  let prefixListId: string;
  let securityGroupId: string;

  const aws = (...args: string[]): Promise<string> =>
    runClient(local.endpoint, 'aws', args, { timeScale, cwd: folder });

  beforeAll(async () => {
    const clock = scaledClock(timeScale);
    local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0, loopback: 'auto' } });
    cell = local.cell();
    clients = awsClients(local.endpoint);
    closing.push(
      () => clock.close(),
      () => local.close(),
      () => clients.close(),
      () => rmSync(folder, { recursive: true }),
    );
    const network = await createNetwork(clients.ec2);
    const template = JSON.stringify(albTemplate(network));
    const outputs = await deploy(
      clients.cloudFormation,
      { stackName: 'shop', template, parameters: {} },
      () => {},
    );
    albArn = outputs.AlbArn ?? '';
    securityGroupId = await newSecurityGroup(network.vpcId);
    prefixListId = await newPrefixList();
    cell.names.set(dbName, { addresses: ['10.0.0.21', '10.0.1.21'], ttl: 5 });
    parameters = {
      'allow-list': {
        Alarms: 'true',
        LoadBalancerArn: albArn,
        Ports: '80,443',
        PrefixListId: prefixListId,
        SecurityGroupId: securityGroupId,
      },
      'bridge-new-vpc': {
        CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0123',
        ServerName: 'shop.example',
        TargetAddresses: '10.1.0.10',
        VpcCidr: '10.1.0.0/16',
      },
      'dns-updater': {
        Alarms: 'true',
        DnsName: dbName,
        TargetGroupArn: await newTargetGroup('db', network.vpcId),
        TargetPort: '5432',
      },
      updater: {
        Alarms: 'true',
        LoadBalancerArn: albArn,
        TargetGroupArn: await newTargetGroup('shop', network.vpcId),
      },
    };
    before = inventory(cell);
    await aws('s3', 'mb', 's3://code-of-functions');
  });
  afterAll(() => closeAll(closing));

  async function newTargetGroup(Name: string, VpcId: string): Promise<string> {
    const group = { Name, Protocol: 'TCP', Port: 80, TargetType: 'ip', VpcId } as const;
    const { TargetGroups } = await clients.elbv2.send(new CreateTargetGroupCommand(group));
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  }
  async function newSecurityGroup(VpcId: string): Promise<string> {
    const group = { GroupName: 'allowed', Description: 'allowed', VpcId };
    return (await clients.ec2.send(new CreateSecurityGroupCommand(group))).GroupId ?? '';
  }
  async function newPrefixList(): Promise<string> {
    const list = { PrefixListName: 'allowed', MaxEntries: 10, AddressFamily: 'IPv4' };
    const { PrefixList } = await clients.ec2.send(new CreateManagedPrefixListCommand(list));
    return PrefixList?.PrefixListId ?? '';
  }

  const deployTemplate = (name: string, given: Record<string, string>): Promise<string> =>
    aws(
      ...['cloudformation', 'deploy', '--stack-name', name, '--template-file', `${name}.yaml`],
      ...['--capabilities', 'CAPABILITY_IAM', '--parameter-overrides'],
      ...Object.entries(given).map(([key, value]) => `${key}=${value}`),
    );

  const output = (stackName: string, key: string): string =>
    cell.stacks.find(stackName)?.outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';

  const passes = (stackName: string, count: number): Promise<void> =>
    invocations(cell, output(stackName, 'LogGroupName'), count);

  async function update(stackName: string, changed: Record<string, string>): Promise<void> {
    const Parameters = Object.entries({ ...parameters[stackName], ...changed }).map(
      ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
    );
    await clients.cloudFormation.send(
      new UpdateStackCommand({
        StackName: stackName,
        UsePreviousTemplate: true,
        Capabilities: ['CAPABILITY_IAM'],
        Parameters,
      }),
    );
    await until(cell.stacks.changes, () => cell.stacks.find(stackName)?.status === 'UPDATE_COMPLETE');
  }

  const albAddresses = (): string[] =>
    (cell.loadBalancing.loadBalancers.get(albArn)?.nodes ?? [])
      .flatMap((node) => node.interface.privateIpAddresses)
      .sort();

  const targets = (stackName: string): string[] => {
    const group = cell.loadBalancing.targetGroups.get(parameters[stackName]?.TargetGroupArn ?? '');
    return [...(group?.registrations.values() ?? [])]
      .filter(({ state }) => state !== 'draining')
      .map(({ id, port }) => `${id}:${port}`)
      .sort();
  };

  it('are packaged and deployed', async () => {
    const work = async ([name, given]: [string, Record<string, string>]): Promise<void> => {
      const template = fileURLToPath(new URL(`../templates/${name}.template.yaml`, import.meta.url));
      await aws(
        ...['cloudformation', 'package', '--template-file', template, '--s3-bucket', 'code-of-functions'],
        ...['--output-template-file', `${name}.yaml`],
      );
      expect(await deployTemplate(name, given)).toContain('Successfully created');
    };
    await Promise.all(Object.entries(parameters).map(work));
  });

  it('have listeners for a certificate, and targets behind them', async () => {
    const listenerOf = (key: string) =>
      cell.loadBalancing
        .listenersOf(output('bridge-new-vpc', key))
        .map(({ port, protocol }) => [protocol, port]);
    expect(listenerOf('AlbArn')).toEqual([['HTTPS', 443]]);
    expect(listenerOf('NlbArn')).toEqual([['TCP', 443]]);
    const group = cell.loadBalancing.targetGroups.get(output('bridge-new-vpc', 'NlbTargetGroupArn'));
    const registered = [...(group?.registrations.values() ?? [])];
    expect(registered.map(({ port, state }) => `${port} ${state}`)).toEqual(
      registered.map(() => '443 healthy'),
    );
    expect(registered.length).toBeGreaterThan(0);
  });

  it('hold the addresses, each under its function’s role', async () => {
    // A prefix list shows what is written a moment later: the second pass ends after it.
    await Promise.all(updaters.map((name) => passes(name, 2)));
    expect(targets('updater')).toEqual(albAddresses().map((address) => `${address}:80`));
    expect(targets('dns-updater')).toEqual(['10.0.0.21:5432', '10.0.1.21:5432']);
    const { SecurityGroupRules = [] } = await clients.ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [securityGroupId] }],
      }),
    );
    const admitted = SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
    const want = albAddresses().flatMap((address) => [`${address}/32 443`, `${address}/32 80`]);
    expect(admitted.map(({ CidrIpv4, FromPort }) => `${CidrIpv4} ${FromPort}`).sort()).toEqual(want);
    const { Entries = [] } = await clients.ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: prefixListId }),
    );
    expect(Entries.map(({ Cidr }) => Cidr).sort()).toEqual(albAddresses().map((address) => `${address}/32`));
  });

  it('are updated by other parameters: ticks by a queue, another source, and back', async () => {
    await Promise.all([
      update('dns-updater', { Every: '10s', Events: 'true' }),
      update('allow-list', {
        LoadBalancerArn: '',
        StaticAddresses: '192.0.2.1',
        SecurityGroupId: '',
        Ports: '',
      }),
    ]);
    expect(cell.queues.all.size).toBe(1);
    cell.names.set(dbName, { addresses: ['10.0.0.22', '10.0.1.21'], ttl: 5 });
    await Promise.all([passes('dns-updater', 4), passes('allow-list', 2)]);
    expect(targets('dns-updater')).toContain('10.0.0.22:5432');
    const { Entries = [] } = await clients.ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: prefixListId }),
    );
    expect(Entries.map(({ Cidr }) => Cidr)).toEqual(['192.0.2.1/32']);
    await update('dns-updater', { Every: '5m', Events: 'false' });
    expect(cell.queues.all.size).toBe(0);
  });

  it('read as a role that is assumed, where one is given', async () => {
    const iam = new IAMClient({
      endpoint: local.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    closing.push(() => iam.destroy());
    const roleArn = await newReader(iam, output('updater', 'RoleArn'));
    await update('updater', { LoadBalancerRoleArn: roleArn, LoadBalancerExternalId: externalId });
    const logGroup = output('updater', 'LogGroupName');
    const failures: string[] = [];
    closing.push(
      cell.logGroups.subscribe(({ message }, _stream, { name }) => {
        if (name === logGroup && message.includes('"Failed":1')) failures.push(message);
      }),
    );
    await passes('updater', 2);
    expect(failures).toEqual([]);
    expect(targets('updater')).toEqual(albAddresses().map((address) => `${address}:80`));
  });

  it('refuse what does not belong together, and say why', async () => {
    const both = { ...parameters['allow-list'], DnsName: dbName };
    await expect(deployTemplate('allow-list', both)).rejects.toThrow(/exactly one source: set one of/);
  });

  it('are deleted, and leave nothing but what they kept', async () => {
    const kept = targets('updater');
    const remove = async (StackName: string): Promise<void> => {
      await clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
      await until(cell.stacks.changes, () => cell.stacks.find(StackName) === undefined);
    };
    await Promise.all(Object.keys(parameters).map(remove));
    expect(inventory(cell)).toEqual({ ...before, roles: (before.roles ?? 0) + 1 });
    expect(targets('updater')).toEqual(kept);
  });
});

/** A role that reads load balancers for the function that knows the external id. */
async function newReader(iam: IAMClient, trusted: string): Promise<string> {
  const trust = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: trusted },
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  };
  const reading = {
    Effect: 'Allow',
    Action: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeVpcs',
    ],
    Resource: '*',
  };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: document(trust) }),
  );
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'reads', PolicyDocument: document(reading) }),
  );
  return Role?.Arn ?? '';
}
