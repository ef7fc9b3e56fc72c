import type { Cell } from '../../src/emulator/core/cell.ts';
import { execute } from '../../src/emulator/core/execute.ts';
import { ec2 } from '../../src/emulator/services/ec2/index.ts';
import { elbv2 } from '../../src/emulator/services/elbv2/index.ts';
import type { LoadBalancer } from '../../src/emulator/world/load-balancing/load-balancer.ts';
import type { Scenario } from '../scenario.ts';
import { ipv6Block } from './dualstack.ts';
import { othersPort } from './ports.ts';

export const account = '000000000000';
export const region = 'us-east-1';

export function callOf(cell: Cell): { cell: Cell; caller: string; requestId: string } {
  return { cell, caller: `arn:aws:iam::${cell.account}:root`, requestId: 'simulated' };
}

export async function createVpc(cell: Cell): Promise<string> {
  const { Vpc } = await execute(ec2, 'CreateVpc', { CidrBlock: '10.0.0.0/16' }, callOf(cell));
  return Vpc?.VpcId ?? '';
}

export async function addIpv6Block(cell: Cell, vpcId: string): Promise<void> {
  const input = { VpcId: vpcId, Ipv6CidrBlock: ipv6Block };
  await execute(ec2, 'AssociateVpcCidrBlock', input, callOf(cell));
}

/** Small ones, where addresses soon come back. */
export async function createSubnets(cell: Cell, vpcId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, letter] of ['a', 'b', 'c', 'a'].entries()) {
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

/** @param maxEntries how many it holds at the most */
export async function createPrefixList(
  cell: Cell,
  maxEntries: number,
  entries: readonly { cidr: string; description: string }[],
): Promise<string> {
  const input = {
    PrefixListName: 'allow',
    AddressFamily: 'IPv4',
    MaxEntries: maxEntries,
    Entries: entries.map(({ cidr: Cidr, description: Description }) => ({ Cidr, Description })),
  };
  const { PrefixList } = await execute(ec2, 'CreateManagedPrefixList', input, callOf(cell));
  return PrefixList?.PrefixListId ?? '';
}

/** One rule, as somebody makes it. */
export interface Rule {
  port: number;
  cidr: string;
  description: string;
}

export async function allow(cell: Cell, groupId: string, { port, cidr, description }: Rule): Promise<void> {
  const permission = {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [{ CidrIp: cidr, Description: description }],
  };
  const input = { GroupId: groupId, IpPermissions: [permission] };
  await execute(ec2, 'AuthorizeSecurityGroupIngress', input, callOf(cell));
}

export async function registerTarget(cell: Cell, arn: string, id: string, port: number): Promise<void> {
  const input = { TargetGroupArn: arn, Targets: [{ Id: id, Port: port }] };
  await execute(elbv2, 'RegisterTargets', input, callOf(cell));
}

export async function createSecurityGroup(cell: Cell, name: string, vpcId: string): Promise<string> {
  const input = { GroupName: name, Description: name, VpcId: vpcId };
  const { GroupId = '' } = await execute(ec2, 'CreateSecurityGroup', input, callOf(cell));
  return GroupId;
}

export async function createOpenGroup(cell: Cell, vpcId: string): Promise<string> {
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

export async function createLoadBalancer(
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

export async function createTargetGroup(
  cell: Cell,
  name: string,
  vpcId: string,
  { checkInterval, deregistrationDelay }: Scenario,
  family: 'ipv4' | 'ipv6' = 'ipv4',
): Promise<string> {
  const input = {
    Name: name,
    Protocol: 'TCP',
    Port: othersPort,
    VpcId: vpcId,
    TargetType: 'ip',
    IpAddressType: family,
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

export async function listen(
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
