import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { createNetwork, createTargetAddresses } from '../src/cli/local/network.ts';
import { placeTargets, targetPort } from '../src/cli/local/place-targets.ts';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled, runClient } from './foreign-client.ts';
import { inventory } from './inventory.ts';
import { until } from './until.ts';

const hasCli = isInstalled('the AWS CLI', 'aws', '--version');
const timeScale = 60;
const stackName = 'bridge';
const bucket = 'code-of-functions';
const template = fileURLToPath(new URL('../templates/bridge.template.yaml', import.meta.url));

describe.skipIf(!hasCli)('the AWS CLI', () => {
  const closing: Closing = [];
  const folder = mkdtempSync(join(tmpdir(), 'albridge-aws-cli-'));
  const packaged = join(folder, 'packaged.yaml');
  let local: Emulator;
  let clients: AwsClients;
  let before: Record<string, number>;
  let parameters: string[];

  beforeAll(async () => {
    const clock = scaledClock(timeScale);
    local = await startEmulator({ port: 0, clock, seed: 1, dataPlane: { apiPort: 0 } });
    clients = awsClients(local.endpoint);
    closing.push(
      () => clock.close(),
      () => local.close(),
      () => clients.close(),
      () => rmSync(folder, { recursive: true }),
    );
    const network = await createNetwork(clients.ec2);
    const addresses = await createTargetAddresses(clients.ec2, network, 2);
    await placeTargets({ cell: local.cell(), peerAddress: local.peerAddress }, addresses, [], closing);
    before = inventory(local.cell());
    parameters = [
      `VpcId=${network.vpcId}`,
      `SubnetIds=${network.subnetIds.join(',')}`,
      `TargetAddresses=${addresses.join(',')}`,
      `TargetPort=${targetPort}`,
      'HealthCheckPath=/hello',
    ];
  });
  afterAll(() => closeAll(closing));

  const aws = (...args: string[]): Promise<string> =>
    runClient(local.endpoint, 'aws', args, { timeScale, cwd: folder });
  const json = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await aws(...args, '--output', 'json'));
  const deploy = (...more: string[]) =>
    aws(
      ...['cloudformation', 'deploy', '--stack-name', stackName, '--template-file', packaged],
      ...['--capabilities', 'CAPABILITY_IAM', '--parameter-overrides', ...parameters, ...more],
    );
  const stack = () => local.cell().stacks.find(stackName);
  const output = (key: string) =>
    stack()?.outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';

  it('packages the template and deploys it', async () => {
    await aws('s3', 'mb', `s3://${bucket}`);
    await aws(
      ...['cloudformation', 'package', '--template-file', template, '--s3-bucket', bucket],
      ...['--output-template-file', packaged],
    );
    expect(await deploy()).toContain(`Successfully created/updated stack - ${stackName}`);
    expect(stack()?.status).toBe('CREATE_COMPLETE');
    const { loadBalancing } = local.cell();
    const group = loadBalancing.targetGroups.get(output('NlbTargetGroupArn'));
    await until(loadBalancing.changes, () =>
      [...(group?.registrations.values() ?? [])].some(({ state }) => state === 'healthy'),
    );
  });

  it('sees that there is nothing to deploy', async () => {
    await expect(deploy('--fail-on-empty-changeset')).rejects.toThrow(/No changes to deploy/);
  });

  it('is refused a parameter that breaks a rule of the template', async () => {
    await expect(deploy('TargetPort=none')).rejects.toThrow(/ValidationError.*TargetPort/);
  });

  const logicalIds = () => [...(stack()?.resources.keys() ?? [])];
  const id = (type: string) =>
    [...(stack()?.resources.values() ?? [])].find((one) => one.type === type)?.physicalId ?? '';
  const nodes = (name: string) => local.cell().loadBalancing.loadBalancers.get(output(name))?.nodes ?? [];
  const addresses = (name: string) =>
    nodes(name)
      .flatMap((node) => node.interface.privateIpAddresses)
      .sort();

  const day = 86_400_000;
  const time = (ahead: number) => new Date(local.clock.now() + ahead).toISOString();
  const Metric = {
    Namespace: 'albridge',
    MetricName: 'Desired',
    Dimensions: [{ Name: 'Binding', Value: `${stackName}.Bridge` }],
  };
  const desired = { Id: 'desired', MetricStat: { Metric, Period: 3600, Stat: 'Maximum' } };

  const reads: { name: string; args: () => string[]; query: string; want: () => unknown }[] = [
    {
      name: 'the stack',
      args: () => ['cloudformation', 'describe-stacks', '--stack-name', stackName],
      query: 'Stacks[].StackStatus',
      want: () => ['CREATE_COMPLETE'],
    },
    {
      name: 'what happened to it, the newest first',
      args: () => ['cloudformation', 'describe-stack-events', '--stack-name', stackName],
      query: 'StackEvents[?ResourceType==`AWS::CloudFormation::Stack`].ResourceStatus',
      want: () => ['CREATE_COMPLETE', 'CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'],
    },
    {
      name: 'what it has',
      args: () => ['cloudformation', 'list-stack-resources', '--stack-name', stackName],
      query: 'StackResourceSummaries[].LogicalResourceId',
      want: logicalIds,
    },
    {
      name: 'the health of targets',
      args: () => ['elbv2', 'describe-target-health', '--target-group-arn', output('NlbTargetGroupArn')],
      query: 'sort(TargetHealthDescriptions[].Target.Id)',
      want: () => addresses('AlbArn'),
    },
    {
      name: 'load balancers',
      args: () => ['elbv2', 'describe-load-balancers'],
      query: 'sort(LoadBalancers[].LoadBalancerArn)',
      want: () => [output('AlbArn'), output('NlbArn')].sort(),
    },
    {
      name: 'the ALB’s network interfaces',
      args: () => [
        ...['ec2', 'describe-network-interfaces', '--filters'],
        `Name=description,Values=ELB ${output('AlbArn').split(':loadbalancer/')[1]}`,
      ],
      query: 'sort(NetworkInterfaces[].PrivateIpAddresses[].PrivateIpAddress)',
      want: () => addresses('AlbArn'),
    },
    {
      name: 'the rules of the ALB’s security group',
      args: () => [
        ...['ec2', 'describe-security-group-rules', '--filters'],
        `Name=group-id,Values=${id('AWS::EC2::SecurityGroup')}`,
      ],
      query: 'sort(SecurityGroupRules[?!IsEgress].CidrIpv4)',
      want: () => addresses('NlbArn').map((address) => `${address}/32`),
    },
    {
      name: 'the function',
      args: () => ['lambda', 'get-function', '--function-name', id('AWS::Lambda::Function')],
      query: 'Configuration.State',
      want: () => 'Active',
    },
    {
      name: 'the schedule',
      args: () => ['events', 'list-rules', '--page-size', '1'],
      query: 'Rules[].[Name, ScheduleExpression]',
      want: () => [[id('AWS::Events::Rule'), 'rate(1 minute)']],
    },
    {
      name: 'the API',
      args: () => ['apigateway', 'get-rest-apis'],
      query: 'items[].id',
      want: () => [id('AWS::ApiGateway::RestApi')],
    },
    {
      name: 'the role',
      args: () => ['iam', 'get-role', '--role-name', id('AWS::IAM::Role')],
      query: 'Role.AssumeRolePolicyDocument.Statement[0].Principal.Service',
      want: () => 'lambda.amazonaws.com',
    },
    {
      name: 'what passes measured',
      args: () => ['cloudwatch', 'list-metrics', '--namespace', 'albridge', '--metric-name', 'Desired'],
      query: 'Metrics[].Dimensions[].Value',
      want: () => [`${stackName}.Bridge`],
    },
    {
      name: 'how many addresses passes found',
      args: () => [
        ...['cloudwatch', 'get-metric-data', '--start-time', time(-day), '--end-time', time(day)],
        ...['--metric-data-queries', JSON.stringify([desired])],
      ],
      query: 'max(MetricDataResults[].Values[])',
      want: () => addresses('AlbArn').length,
    },
    {
      name: 'alarms',
      args: () => ['cloudwatch', 'describe-alarms', '--state-value', 'ALARM'],
      query: 'MetricAlarms',
      want: () => [],
    },
    {
      name: 'topics',
      args: () => ['sns', 'list-topics'],
      query: 'Topics',
      want: () => [],
    },
    {
      name: 'who asks',
      args: () => ['sts', 'get-caller-identity'],
      query: 'Arn',
      want: () => 'arn:aws:iam::000000000000:root',
    },
  ];
  it('reads what an operator would', { timeout: 120_000 }, async () => {
    const answers: Record<string, unknown> = {};
    const left = [...reads];
    const work = async (): Promise<void> => {
      for (let read = left.shift(); read; read = left.shift())
        answers[read.name] = await json(...read.args(), '--query', read.query);
    };
    // Two at a time: the client takes longer to start than to ask.
    await Promise.all([work(), work()]);
    expect(answers).toEqual(Object.fromEntries(reads.map(({ name, want }) => [name, want()])));
  });

  it('reads the log of the function', async () => {
    const group = [...local.cell().logGroups.all.keys()].find((name) => name.includes('Sync')) ?? '';
    const said = await aws('logs', 'filter-log-events', '--log-group-name', group);
    expect(said).toContain('START RequestId');
    expect(said).toContain('Billed Duration');
  });

  it('keeps a parameter', async () => {
    await aws('ssm', 'put-parameter', '--name', '/bridge/port', '--value', '80', '--type', 'String');
    const read = ['ssm', 'get-parameters-by-path', '--path', '/bridge', '--query', 'Parameters[].Value'];
    expect(await json(...read)).toEqual(['80']);
  });

  it('is told of an action that is not there', async () => {
    await expect(aws('ec2', 'describe-spot-price-history')).rejects.toThrow(
      /ec2:DescribeSpotPriceHistory is not implemented/,
    );
  });

  it('deploys a change', async () => {
    await deploy('PathPatterns=/hello,/more', 'ApiKeyRequired=true', 'RateLimit=10', 'Every=10s');
    expect(stack()?.status).toBe('UPDATE_COMPLETE');
    expect(local.cell().queues.all.size).toBe(1);
    const { hostname, pathname } = new URL(output('ApiUrl'));
    const url = `${local.servers.apis}/${hostname.split('.')[0]}${pathname}/hello`;
    expect((await fetch(url)).status).toBe(403);
    const [key] = local.cell().apis.apiKeys.values();
    expect((await fetch(url, { headers: { 'x-api-key': key?.value ?? '' } })).status).toBe(200);
  });

  it('deletes the stack, and leaves nothing behind', async () => {
    await aws('cloudformation', 'delete-stack', '--stack-name', stackName);
    await aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', stackName);
    expect(stack()).toBeUndefined();
    expect(inventory(local.cell())).toEqual(before);
  });
});
