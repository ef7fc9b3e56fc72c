import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Cell } from '../../src/emulator/core/cell.ts';
import { execute } from '../../src/emulator/core/execute.ts';
import { createCell } from '../../src/emulator/create-cell.ts';
import { ec2 } from '../../src/emulator/services/ec2/index.ts';
import { elbv2 } from '../../src/emulator/services/elbv2/index.ts';
import { Identity } from '../../src/emulator/world/identity/identity.ts';
import {
  interfaceDescription,
  type LoadBalancer,
} from '../../src/emulator/world/load-balancing/load-balancer.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual-clock.ts';
import { diceOf } from '../dice.ts';
import type { Scenario } from '../scenario.ts';
import type { Standing } from '../truth/standing.ts';
import { rulesOf, type SimulatedBinding, standingsOf, targetsOf } from './simulated-binding.ts';

/** The port that bindings manage; the groups' own, where others' targets are, is another. */
export const managedPort = 80;
export const othersPort = 8080;

const account = '000000000000';
const region = 'us-east-1';

/** One VPC with what the bindings follow and feed, and what belongs to others. */
export interface SimulatedWorld {
  scenario: Scenario;
  clock: VirtualClock;
  cell: Cell;
  /** The ALB that is followed. */
  web: LoadBalancer;
  /** An ALB whose name contains the followed one's. */
  other: LoadBalancer;
  /** The NLB in front, whose addresses are allowed. */
  front: LoadBalancer;
  subnetIds: readonly string[];
  followGroupArn: string;
  upsertGroupArn: string;
  allowGroupId: string;
  /** What the static source lists at present. */
  declared: string[];
  bindings: readonly SimulatedBinding[];
  /** What a run that starts now is told. */
  config(): Config;
}

export async function createWorld(scenario: Scenario): Promise<SimulatedWorld> {
  const clock = virtualClock();
  const { random } = diceOf(scenario.seed, 'world');
  const identity = new Identity({ account, clock, random });
  const cell = createCell({
    account,
    region,
    clock,
    random,
    servers: { endpoint: '', dns: undefined, apis: undefined },
    timings: {
      provisioning: 0,
      nodeStart: scenario.nodeStart,
      nodeLeave: scenario.nodeLeave,
      registration: { application: scenario.registration, network: scenario.registration },
    },
    identity,
    identityOf: () => identity,
    runner: {
      run: () => Promise.reject(new Error('no functions run in the simulation')),
      retire: () => {},
    },
    prober: undefined,
  });
  const vpcId = await createVpc(cell);
  const subnetIds = await createSubnets(cell, vpcId);
  const albSubnets = subnetIds.slice(0, 2);
  const open = await createOpenGroup(cell, vpcId);
  const web = await createLoadBalancer(cell, 'web', 'application', albSubnets, [open]);
  const other = await createLoadBalancer(cell, 'my-web-2', 'application', albSubnets, [open]);
  const front = await createLoadBalancer(cell, 'front', 'network', albSubnets, []);
  const world: SimulatedWorld = {
    scenario,
    clock,
    cell,
    web,
    other,
    front,
    subnetIds,
    followGroupArn: await createTargetGroup(cell, 'follow', vpcId, scenario),
    upsertGroupArn: await createTargetGroup(cell, 'upsert', vpcId, scenario),
    allowGroupId: await createSecurityGroup(cell, 'allow', vpcId),
    declared: ['192.168.0.10', '192.168.0.11', '192.168.0.12'],
    bindings: [],
    config: () => parsedOnce(world),
  };
  for (const balancer of [web, other]) await listen(cell, balancer, managedPort);
  await listen(cell, front, managedPort, world.followGroupArn);
  await listen(cell, front, managedPort + 1, world.upsertGroupArn);
  world.bindings = bindingsOf(world, await createTargetGroup(cell, 'declared', vpcId, scenario));
  await addOthers(world);
  return world;
}

function bindingsOf(world: SimulatedWorld, declaredGroupArn: string): SimulatedBinding[] {
  const { scenario } = world;
  return [
    follow(world, world.web, { name: 'follow', arn: world.followGroupArn, mode: 'sync' }),
    allow(world),
    ...(scenario.upsertOnly
      ? [follow(world, world.other, { name: 'upsert', arn: world.upsertGroupArn, mode: 'upsert-only' })]
      : []),
    ...(scenario.declared > 0 ? [declare(world, declaredGroupArn)] : []),
  ];
}

const parsed = new WeakMap<readonly string[], Config>();

/** Nothing but the declared addresses ever changes in it, and they do as a new list. */
function parsedOnce({ bindings, declared }: SimulatedWorld): Config {
  const known = parsed.get(declared);
  if (known) return known;
  const config = parseConfig({ bindings: bindings.map((binding) => binding.config()) }, 'the simulation');
  parsed.set(declared, config);
  return config;
}

/** Each binding has a source of its own, so that what a run has read tells which binding it read it for. */
function follow(
  { cell, scenario }: SimulatedWorld,
  loadBalancer: LoadBalancer,
  { name, arn, mode }: { name: string; arn: string; mode: 'sync' | 'upsert-only' },
): SimulatedBinding {
  const source = { type: 'load-balancer', arn: loadBalancer.arn, earlyDrain: scenario.earlyDrain } as const;
  const sink = { type: 'target-group', arn, port: managedPort } as const;
  return {
    config: () => ({ name, source, sink, policy: { mode, ...scenario.policy } }),
    name,
    description: interfaceDescription(loadBalancer.arn),
    isSinkOf: ({ targetGroupArn }) => targetGroupArn === arn,
    standings: () => standingsOf(cell, loadBalancer),
    held: () => targetsOf(cell, arn, managedPort),
  };
}

function allow({ cell, front, allowGroupId: id }: SimulatedWorld): SimulatedBinding {
  const name = 'allow';
  const source = { type: 'load-balancer', description: front.name } as const;
  const sink = { type: 'security-group', id, port: managedPort } as const;
  return {
    config: () => ({ name, source, sink, policy: { mode: 'sync' } }),
    name,
    description: interfaceDescription(front.arn),
    isSinkOf: ({ groupId }) => groupId === id,
    standings: () => standingsOf(cell, front),
    held: () => rulesOf(cell, id, managedPort, name),
  };
}

function declare(world: SimulatedWorld, arn: string): SimulatedBinding {
  const name = 'declared';
  const sink = { type: 'target-group', arn, port: managedPort } as const;
  return {
    config: () => ({
      name,
      source: { type: 'static', addresses: world.declared },
      sink,
      policy: { mode: 'sync' },
    }),
    name,
    description: undefined,
    isSinkOf: ({ targetGroupArn }) => targetGroupArn === arn,
    standings: () => new Map(world.declared.map((address): [string, Standing] => [address, 'serving'])),
    held: () => targetsOf(world.cell, arn, managedPort),
  };
}

/** Targets and rules of others, in the same groups. */
async function addOthers({
  cell,
  followGroupArn,
  upsertGroupArn,
  allowGroupId,
  front,
}: SimulatedWorld): Promise<void> {
  const call = callOf(cell);
  const target = (Id: string, Port: number) => ({ Targets: [{ Id, Port }] });
  await execute(
    elbv2,
    'RegisterTargets',
    { TargetGroupArn: followGroupArn, ...target('10.0.9.9', othersPort) },
    call,
  );
  await execute(
    elbv2,
    'RegisterTargets',
    { TargetGroupArn: upsertGroupArn, ...target('10.0.9.10', managedPort) },
    call,
  );
  const [node] = front.nodes.flatMap(({ interface: held }) => held.privateIpAddresses);
  const rules = [
    { port: managedPort, cidr: '10.0.9.11/32', description: 'by hand' },
    // The binding's own address, and somebody else's rule.
    { port: managedPort, cidr: `${node}/32`, description: 'albridge: another' },
    { port: othersPort, cidr: '10.0.9.12/32', description: 'by hand' },
  ];
  for (const { port, cidr, description } of rules) {
    const permission = {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: [{ CidrIp: cidr, Description: description }],
    };
    await execute(
      ec2,
      'AuthorizeSecurityGroupIngress',
      { GroupId: allowGroupId, IpPermissions: [permission] },
      call,
    );
  }
}

export function callOf(cell: Cell): { cell: Cell; caller: string; requestId: string } {
  return { cell, caller: `arn:aws:iam::${cell.account}:root`, requestId: 'simulated' };
}

async function createVpc(cell: Cell): Promise<string> {
  const { Vpc } = await execute(ec2, 'CreateVpc', { CidrBlock: '10.0.0.0/16' }, callOf(cell));
  return Vpc?.VpcId ?? '';
}

/** Small ones, where addresses soon come back. */
async function createSubnets(cell: Cell, vpcId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, letter] of ['a', 'b', 'c'].entries()) {
    const input = {
      VpcId: vpcId,
      CidrBlock: `10.0.0.${index * 64}/26`,
      AvailabilityZone: `${region}${letter}`,
    };
    const { Subnet } = await execute(ec2, 'CreateSubnet', input, callOf(cell));
    ids.push(Subnet?.SubnetId ?? '');
  }
  return ids;
}

async function createSecurityGroup(cell: Cell, name: string, vpcId: string): Promise<string> {
  const input = { GroupName: name, Description: name, VpcId: vpcId };
  const { GroupId = '' } = await execute(ec2, 'CreateSecurityGroup', input, callOf(cell));
  return GroupId;
}

async function createOpenGroup(cell: Cell, vpcId: string): Promise<string> {
  const id = await createSecurityGroup(cell, 'open', vpcId);
  const permission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await execute(
    ec2,
    'AuthorizeSecurityGroupIngress',
    { GroupId: id, IpPermissions: [permission] },
    callOf(cell),
  );
  return id;
}

async function createLoadBalancer(
  cell: Cell,
  name: string,
  type: 'application' | 'network',
  subnetIds: readonly string[],
  securityGroupIds: readonly string[],
): Promise<LoadBalancer> {
  const input = {
    Name: name,
    Type: type,
    Scheme: 'internal' as const,
    Subnets: [...subnetIds],
    SecurityGroups: [...securityGroupIds],
  };
  const { LoadBalancers } = await execute(elbv2, 'CreateLoadBalancer', input, callOf(cell));
  return cell.loadBalancing.loadBalancers.get(LoadBalancers?.[0]?.LoadBalancerArn ?? '') as LoadBalancer;
}

async function createTargetGroup(
  cell: Cell,
  name: string,
  vpcId: string,
  { checkInterval, deregistrationDelay }: Scenario,
): Promise<string> {
  const input = {
    Name: name,
    Protocol: 'TCP',
    Port: othersPort,
    VpcId: vpcId,
    TargetType: 'ip',
    HealthCheckIntervalSeconds: checkInterval / 1_000,
    HealthCheckTimeoutSeconds: 5,
  } as const;
  const { TargetGroups } = await execute(elbv2, 'CreateTargetGroup', input, callOf(cell));
  const arn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const delay = { Key: 'deregistration_delay.timeout_seconds', Value: String(deregistrationDelay / 1_000) };
  await execute(
    elbv2,
    'ModifyTargetGroupAttributes',
    { TargetGroupArn: arn, Attributes: [delay] },
    callOf(cell),
  );
  return arn;
}

async function listen(
  cell: Cell,
  { arn, type }: LoadBalancer,
  port: number,
  targetGroupArn?: string,
): Promise<void> {
  const action = targetGroupArn
    ? ({ Type: 'forward', TargetGroupArn: targetGroupArn } as const)
    : ({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } } as const);
  const input = {
    LoadBalancerArn: arn,
    Protocol: type === 'application' ? ('HTTP' as const) : ('TCP' as const),
    Port: port,
    DefaultActions: [action],
  };
  await execute(elbv2, 'CreateListener', input, callOf(cell));
}
