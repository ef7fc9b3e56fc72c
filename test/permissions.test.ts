import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkInterfaceCommand,
  CreateVpcEndpointCommand,
  ModifyManagedPrefixListCommand,
} from '@aws-sdk/client-ec2';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../src/app/run.ts';
import { type AwsClients, createClients } from '../src/aws/clients.ts';
import { type LocalAws, startLocalAws } from '../src/aws/testing/local-aws.ts';
import type { Granted } from '../src/cdk/reference/granted.ts';
import { sinks, sources } from '../src/cdk/reference/subjects.ts';
import type { SinkConfig, SourceConfig } from '../src/config/config.ts';
import type { Outcome } from '../src/engine/outcome.ts';

const binding = 'guarded';
/** In the VPC's range, and nobody's: each pass has it to remove. */
const former = '10.0.1.250';

let aws: LocalAws;
let iam: IAMClient;
let roles = 0;
let sourceConfigs: Record<string, SourceConfig>;

beforeAll(async () => {
  aws = await startLocalAws();
  iam = new IAMClient();
  const arn = await aws.loadBalancer('web');
  const { VpcEndpoint } = await aws.clients.ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: aws.vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.execute-api',
      SubnetIds: aws.subnetIds,
    }),
  );
  await aws.clients.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: aws.subnetIds[0] }));
  await aws.clock.advance(120_000);
  sourceConfigs = {
    'load-balancer': { type: 'load-balancer', arn },
    'vpc-endpoint': { type: 'vpc-endpoint', id: VpcEndpoint?.VpcEndpointId ?? '' },
    'network-interfaces': { type: 'network-interfaces', subnetIds: aws.subnetIds, vpcId: aws.vpcId },
  };
});

afterAll(async () => {
  iam.destroy();
  await aws.close();
});

const sinkMakers: Record<string, () => Promise<SinkConfig>> = {
  async 'target-group'() {
    const arn = await aws.targetGroup(`group-${++roles}`);
    const Targets = [{ Id: former, Port: 80 }];
    await aws.clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
    return { type: 'target-group', arn, port: 80 };
  },
  async 'security-group'() {
    const id = await aws.securityGroup(`group-${++roles}`);
    const IpRanges = [{ CidrIp: `${former}/32`, Description: `albridge: ${binding}` }];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges }];
    await aws.clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions }));
    return { type: 'security-group', id, port: 80 };
  },
  async 'prefix-list'() {
    const input = { PrefixListName: 'list', MaxEntries: 10, AddressFamily: 'IPv4' };
    const { PrefixList } = await aws.clients.ec2.send(new CreateManagedPrefixListCommand(input));
    const id = PrefixList?.PrefixListId ?? '';
    await aws.clock.advance(5_000);
    const AddEntries = [{ Cidr: `${former}/32`, Description: `albridge: ${binding}` }];
    await aws.clients.ec2.send(
      new ModifyManagedPrefixListCommand({ PrefixListId: id, CurrentVersion: 1, AddEntries }),
    );
    await aws.clock.advance(5_000);
    return { type: 'prefix-list', id };
  },
};

const grantedTo = Object.fromEntries(
  [...sources(), ...sinks()].map(({ name, granted }) => [name, granted] as const),
);

/** What is to be read or written, beside what it needs, and what stands beside it. */
const subjects = [
  ...Object.entries(grantedTo)
    .filter(([name]) => sinkMakers[name])
    .map(([sink]) => ({ name: sink, sink, source: 'static' })),
  ...['load-balancer', 'vpc-endpoint', 'network-interfaces'].map((source) => ({
    name: source,
    sink: 'security-group',
    source,
  })),
];

describe.each(subjects)('$name', ({ name, sink, source }) => {
  const own = (grantedTo[name] ?? []).flatMap(({ actions }) => actions);
  const all = [...(grantedTo[sink] ?? []), ...(grantedTo[source] ?? [])];

  it('calls all of the actions that the reference lists, no others, and is refused none', async () => {
    const { outcome, called, refused } = await pass({ sink, source, granted: all });
    expect(outcome?.errors).toEqual([]);
    expect(outcome?.removed.map(({ address }) => address)).toEqual([former]);
    expect(refused).toEqual([]);
    expect(called).toEqual([...new Set(all.flatMap(({ actions }) => actions))].sort());
  });

  it.each(own)('is refused without %s', async (action) => {
    const { refused } = await pass({ sink, source, granted: without(action, all) });
    expect(refused).toEqual([action]);
  });
});

interface Pass {
  sink: string;
  source: string;
  granted: readonly Granted[];
}

/** One pass by a role that is allowed this alone, and the actions that were asked for and refused. */
async function pass({
  sink: sinkName,
  source,
  granted,
}: Pass): Promise<{ outcome: Outcome | undefined; called: string[]; refused: string[] }> {
  const sink = (await sinkMakers[sinkName]?.()) as SinkConfig;
  const clients = await clientsAllowed(granted, sink);
  const calls = actionsOf(clients);
  const config = {
    name: binding,
    source: sourceConfigs[source] ?? { type: 'static', addresses: ['10.0.0.250'] },
    sink,
    policy: { mode: 'sync', minHealthyPercent: 0 },
  } as const;
  const [outcome] = await run(
    { bindings: [config] },
    {
      clientsOf: () => clients,
      now: () => aws.clock.now(),
      resolve: aws.resolve,
      wait: (milliseconds) => aws.clock.advance(milliseconds),
      write: () => {},
    },
  );
  for (const client of Object.values(clients)) client.destroy();
  const sorted = (found: Set<string>) => [...found].sort();
  return { outcome, called: sorted(calls.called), refused: sorted(calls.refused) };
}

async function clientsAllowed(granted: readonly Granted[], sink: SinkConfig): Promise<AwsClients> {
  const RoleName = `role-${++roles}`;
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const AssumeRolePolicyDocument = JSON.stringify({ Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const Statement = granted.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources.map((resource) => filled(resource, sink)),
  }));
  const PolicyDocument = JSON.stringify({ Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'listed', PolicyDocument }));
  const role = aws.world.identity.roles.get(RoleName);
  if (!role) throw new Error(`no role ${RoleName}`);
  const { accessKeyId, secretAccessKey, sessionToken } = aws.world.identity.issue(role, 'test');
  const credentials = async () => ({ accessKeyId, secretAccessKey, sessionToken });
  return createClients('us-east-1', Object.assign(credentials, { memoized: true as const }));
}

/** The resources of the reference, with the names that it leaves open. */
function filled(resource: string, sink: SinkConfig): string {
  const names: Record<string, string> = {
    AccountId: '000000000000',
    GroupId: 'id' in sink ? sink.id : '',
    Partition: 'aws',
    PrefixListId: 'id' in sink ? sink.id : '',
    Region: 'us-east-1',
    TargetGroupArn: 'arn' in sink ? sink.arn : '',
  };
  return resource.replaceAll(/<(\w+)>/g, (_, name: string) => names[name] ?? '');
}

function without(action: string, granted: readonly Granted[]): Granted[] {
  return granted
    .map(({ actions, resources }) => ({ actions: actions.filter((one) => one !== action), resources }))
    .filter(({ actions }) => actions.length > 0);
}

function actionsOf(clients: AwsClients): { called: Set<string>; refused: Set<string> } {
  const called = new Set<string>();
  const refused = new Set<string>();
  for (const [client, service] of [
    [clients.ec2, 'ec2'],
    [clients.elbv2 as unknown as AwsClients['ec2'], 'elasticloadbalancing'],
  ] as const) {
    client.middlewareStack.add(
      (next, context) => async (call) => {
        const action = `${service}:${String(context.commandName).replace(/Command$/, '')}`;
        called.add(action);
        return next(call).catch((error: Error) => {
          if (/^(UnauthorizedOperation|AccessDenied)/.test(error.name)) refused.add(action);
          throw error;
        });
      },
      { step: 'initialize' },
    );
  }
  return { called, refused };
}
