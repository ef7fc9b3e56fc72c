import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { Lambda, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestScaling } from '../src/cli/local/scale.ts';
import { oldUpdater } from './adopt/old-updater.ts';
import { type PeerWorld, startPeerWorld } from './adopt/peer-world.ts';
import { type RequestTraffic, requestTraffic } from './adopt/request-traffic.ts';
import { albTemplate, nlbTemplate, type Updater, updaterTemplate } from './adopt/stacks.ts';
import { isInstalled, runClient } from './foreign-client.ts';
import { until } from './until.ts';

const hasCli = isInstalled('the AWS CLI', 'aws', '--version');
const root = new URL('..', import.meta.url);
const bundle = readFileSync(new URL('dist/lambda/sync/index.mjs', root));
const syncZip = zipSync({ 'index.mjs': bundle });
const page = readFileSync(new URL('docs/adopt.md', root), 'utf8');

/** The commands below a heading of the page, or the file that is shown there. */
function shown(heading: string, language: 'sh' | 'json'): string {
  const section = page.split(`\n### ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const [, code] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section) ?? [];
  if (code === undefined) throw new Error(`docs/adopt.md shows no ${language} under '${heading}'`);
  return code;
}

const permissions = shown('Allow what it reads', 'json');

interface Peer {
  name: string;
  /** What its updater is configured with, for an ALB and a target group. */
  updater(
    alb: { dnsName: string },
    targetGroupArn: string,
  ): Pick<Updater, 'variables' | 'input' | 'hasAlias'>;
  /** Variables that change with the code. */
  changed?: Readonly<Record<string, string>>;
}

const article = (arn: string) => ({ targetPort: '80', albDescription: 'shop', nlbTargetGroupArn: arn });
const peers: readonly Peer[] = [
  {
    name: 'article',
    updater: (_alb, arn) => ({ variables: article(arn), input: article(arn), hasAlias: true }),
  },
  {
    name: 'populate',
    updater: ({ dnsName }, arn) => ({
      variables: {
        ALB_DNS_NAME: dnsName,
        ALB_LISTENER: '80',
        NLB_TG_ARN: arn,
        S3_BUCKET: 'state',
        SAME_VPC: 'true',
      },
    }),
  },
  {
    name: 'hostname',
    updater: ({ dnsName }, arn) => ({
      variables: { TARGET_FQDN: dnsName, ELB_TG_ARN: arn, S3_BUCKET: 'state', BUCKET_REGION: 'us-east-1' },
    }),
    changed: { REMOVE_UNTRACKED_TG_IP: 'true' },
  },
];

interface Adopted extends Peer {
  nlb: Record<string, string>;
  stack: Record<string, string>;
  variables: Readonly<Record<string, string>>;
}

let world: PeerWorld;
let lambda: Lambda;
let iam: IAMClient;
let alb: Record<string, string>;
let adopted: Adopted[];
let traffic: RequestTraffic;
let emptied: () => string[];
let folder: string;

beforeAll(async () => {
  world = await startPeerWorld(20);
  const { local, network, bucket } = world;
  const access = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = { endpoint: local.endpoint, region: 'us-east-1', credentials: access };
  [lambda, iam] = [new Lambda(client), new IAMClient(client)];
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  await world.upload('old', oldUpdater.zip);
  await world.upload('sync', syncZip);
  alb = await world.create('alb', albTemplate(network));
  adopted = await Promise.all(
    peers.map(async (peer) => {
      const nlb = await world.create(`${peer.name}-nlb`, nlbTemplate(network));
      const updater = peer.updater({ dnsName: alb.DnsName ?? '' }, nlb.TargetGroupArn ?? '');
      const code = { bucket, key: 'old', handler: oldUpdater.handler };
      const stack = await world.create(peer.name, updaterTemplate({ ...code, ...updater }));
      return { ...peer, nlb, stack, variables: updater.variables };
    }),
  );
  await until(world.cell.loadBalancing.changes, () => groups().every(allHealthy));
  emptied = world.watchEmpty(groups());
  traffic = requestTraffic(adopted.map(({ nlb }) => placeOf(nlb)));
}, 180_000);

afterAll(async () => {
  await traffic?.stop();
  lambda?.destroy();
  iam?.destroy();
  await world?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const groups = (): string[] => adopted.map(({ nlb }) => nlb.TargetGroupArn ?? '');

function allHealthy(targetGroupArn: string): boolean {
  const targets = [
    ...(world.cell.loadBalancing.targetGroups.get(targetGroupArn)?.registrations.values() ?? []),
  ];
  return targets.length > 0 && targets.every(({ state }) => state === 'healthy');
}

function placeOf({ NlbArn = '' }: Record<string, string>): { host: string; port: number } {
  const node = world.cell.loadBalancing.loadBalancers.get(NlbArn)?.nodes[0];
  const address = node?.interface.privateIpAddresses[0] ?? '';
  const place = world.local.where({ address, port: 80 });
  if (!place) throw new Error(`the NLB's node ${address} does not listen`);
  return place;
}

/** As the page has it, by the AWS CLI where there is one. */
async function swap({ stack, changed, variables, name }: Adopted): Promise<void> {
  const FunctionName = stack.FunctionName ?? '';
  if (hasCli && name === 'populate') {
    writeFileSync(join(folder, 'sync.zip'), syncZip);
    writeFileSync(join(folder, 'permissions.json'), permissions);
    const env = { FUNCTION: FunctionName, ROLE: stack.RoleName ?? '' };
    const commands = shown('Allow what it reads', 'sh') + shown('Change the code', 'sh');
    await runClient(world.local.endpoint, 'sh', ['-e', '-c', commands], { cwd: folder, env });
    return;
  }
  const settled = () =>
    waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  // Who asks DNS alone can do without these.
  const needless = /"(elasticloadbalancing:DescribeLoadBalancers|ec2:DescribeNetworkInterfaces)",/g;
  const allowed = name === 'hostname' ? permissions.replace(needless, '') : permissions;
  const policy = { RoleName: stack.RoleName, PolicyName: 'albridge', PolicyDocument: allowed };
  await iam.send(new PutRolePolicyCommand(policy));
  const Environment = { Variables: { ...variables, ...changed } };
  const runtime = { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 50, MemorySize: 256 } as const;
  await lambda.updateFunctionConfiguration({ FunctionName, ...runtime, Environment });
  await settled();
  await lambda.updateFunctionCode({ FunctionName, ZipFile: syncZip });
  await settled();
  if (name !== 'article') return;
  const { Version } = await lambda.publishVersion({ FunctionName });
  await lambda.updateAlias({ FunctionName, Name: 'PROD', FunctionVersion: Version });
}

/** Scales the ALB, and resolves once every group holds what is in service, and nothing else. */
async function followed(nodes: number): Promise<void> {
  await requestScaling(world.local.endpoint, 'shop', nodes);
  const isFollowed = (): boolean => {
    const wanted = world.inService(alb.AlbArn ?? '');
    return (
      wanted.length === nodes && groups().every((arn) => String(world.registered(arn)) === String(wanted))
    );
  };
  await until(world.cell.loadBalancing.changes, isFollowed);
}

describe('a way in', () => {
  it('leaves what is registered while the code changes, and follows from then on', async () => {
    const before = groups().map(world.registered);
    await Promise.all(adopted.map(swap));
    expect(groups().map(world.registered)).toEqual(before);
    await followed(4);
    await followed(2);
    expect(emptied()).toEqual([]);
    emptied = world.watchEmpty(groups());
  }, 120_000);

  it('leads on to a stack of its own, beside the old one and then without it', async () => {
    for (const { name, nlb, stack } of adopted) {
      const binding = {
        name: `${name}-own`,
        source: { type: 'load-balancer', arn: alb.AlbArn },
        sink: { type: 'target-group', arn: nlb.TargetGroupArn, port: 80 },
        policy: { mode: 'sync' },
      };
      const variables = { ALBRIDGE_CONFIG: JSON.stringify({ bindings: [binding] }) };
      const code = { bucket: world.bucket, key: 'sync', handler: 'index.handler' };
      await world.create(
        `${name}-own`,
        updaterTemplate({ ...code, variables, policy: JSON.parse(permissions) }),
      );
      // Put there by hand: CloudFormation deletes no role that holds what it does not know.
      await iam.send(new DeleteRolePolicyCommand({ RoleName: stack.RoleName, PolicyName: 'albridge' }));
      await world.delete(name);
    }
    await followed(3);
    expect(emptied()).toEqual([]);
  }, 120_000);
});

describe('a way out', () => {
  it('moves a listener to a group of type alb by weight', async () => {
    const { elbv2, ec2 } = world.clients;
    // The group preserves the clients' addresses, which are outside the VPC here.
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: alb.GroupId, IpPermissions }));
    const { nlb } = adopted[0] as Adopted;
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({
        ...{ Name: 'native', TargetType: 'alb', Protocol: 'TCP', Port: 80, VpcId: world.network.vpcId },
        ...{ HealthCheckProtocol: 'HTTP', HealthCheckPath: '/' },
      }),
    );
    const native = TargetGroups?.[0]?.TargetGroupArn ?? '';
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: native, Targets: [{ Id: alb.AlbArn }] }));
    const weigh = (ip: number, own: number) =>
      elbv2.send(
        new ModifyListenerCommand({
          ListenerArn: nlb.ListenerArn,
          DefaultActions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: nlb.TargetGroupArn, Weight: ip },
                  { TargetGroupArn: native, Weight: own },
                ],
              },
            },
          ],
        }),
      );
    await weigh(1, 0);
    await until(world.cell.loadBalancing.changes, () => allHealthy(native));
    await weigh(0, 1);
    await elbv2.send(
      new ModifyListenerCommand({
        ListenerArn: nlb.ListenerArn,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: native }],
      }),
    );
    await world.delete('article-own');
    const sent = traffic.requests;
    await new Promise<void>((resolve) => {
      world.local.clock.after(60_000, resolve);
    });
    expect(traffic.requests).toBeGreaterThan(sent);
  }, 120_000);
});

describe('all along', () => {
  it('no request has failed', async () => {
    expect(await traffic.stop()).toEqual([]);
    expect(traffic.requests).toBeGreaterThan(200);
  });
});
