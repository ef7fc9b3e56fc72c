import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../src/aws/clients.ts';
import type { SteppedClock } from '../src/emulator/clock/stepped-clock.ts';
import type { Cell } from '../src/emulator/core/cell.ts';

/** What is in the world. */
export interface Filled {
  /** A configuration that names all of it. */
  config: { bindings: Record<string, unknown>[] };
  /** The name of the ALB that is followed. */
  web: string;
  /** Its nodes' addresses. */
  webNodes: readonly string[];
  /** The target group that follows it. */
  groupArn: string;
}

/** A VPC with an ALB, an NLB in front, target groups, a security group, a prefix list, and a target of others. */
export async function fill(cell: Cell, clients: AwsClients, clock: SteppedClock): Promise<Filled> {
  const { ec2, elbv2 } = clients;
  const { vpcId, subnetIds } = await createNetwork(clients);
  const open = await createGroup(clients, 'open', vpcId);
  const permission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: open, IpPermissions: [permission] }));
  const web = await createLoadBalancer(clients, 'web', { type: 'application', subnetIds, groupIds: [open] });
  const edge = await createLoadBalancer(clients, 'edge', { type: 'network', subnetIds, groupIds: [] });
  await clock.advance(60_000);
  await listen(clients, web, 80);
  const groupArn = await createTargetGroup(clients, 'group', vpcId);
  const namedArn = await createTargetGroup(clients, 'named', vpcId);
  await listen(clients, edge, 80, groupArn);
  await listen(clients, edge, 81, namedArn);
  const others = { TargetGroupArn: groupArn, Targets: [{ Id: '10.0.9.9', Port: 8080 }] };
  await elbv2.send(new RegisterTargetsCommand(others));
  const allowId = await createGroup(clients, 'allow', vpcId);
  const input = { PrefixListName: 'list', AddressFamily: 'IPv4', MaxEntries: 10 };
  const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(input));
  const policy = { mode: 'sync' };
  const bindings = [
    {
      name: 'follow',
      source: { type: 'load-balancer', arn: web },
      sink: { type: 'target-group', arn: groupArn, port: 80 },
      policy: { ...policy, minHealthyPercent: 50 },
    },
    {
      name: 'named',
      source: { type: 'dns', name: 'db.example', family: 'ipv4', servers: ['127.0.0.1:53'] },
      sink: { type: 'target-group', arn: namedArn, port: 80 },
      policy: { ...policy, minHealthyPercent: 0 },
    },
    {
      name: 'edge',
      source: { type: 'load-balancer', description: 'edge' },
      sinks: [
        { name: 'allow', type: 'security-group', id: allowId, port: 80 },
        { name: 'list', type: 'prefix-list', id: PrefixList?.PrefixListId },
      ],
      policy,
    },
  ];
  return { config: { bindings }, web: 'web', webNodes: nodesOf(cell, web), groupArn };
}

function nodesOf(cell: Cell, arn: string): string[] {
  const { nodes = [] } = cell.loadBalancing.loadBalancers.get(arn) ?? {};
  return nodes.flatMap((node) => node.interface.privateIpAddresses);
}

async function createNetwork({ ec2 }: AwsClients): Promise<{ vpcId: string; subnetIds: string[] }> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const subnetIds: string[] = [];
  for (const [index, zone] of ['us-east-1a', 'us-east-1b'].entries()) {
    const input = { VpcId: vpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone };
    const { Subnet } = await ec2.send(new CreateSubnetCommand(input));
    subnetIds.push(Subnet?.SubnetId ?? '');
  }
  return { vpcId, subnetIds };
}

async function createGroup({ ec2 }: AwsClients, name: string, vpcId: string): Promise<string> {
  const input = { GroupName: name, Description: name, VpcId: vpcId };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(input));
  return GroupId;
}

async function createLoadBalancer(
  { elbv2 }: AwsClients,
  name: string,
  { type, subnetIds, groupIds }: { type: 'application' | 'network'; subnetIds: string[]; groupIds: string[] },
): Promise<string> {
  const input = {
    Name: name,
    Type: type,
    Scheme: 'internal',
    Subnets: subnetIds,
    SecurityGroups: groupIds,
  } as const;
  const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand(input));
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

async function createTargetGroup({ elbv2 }: AwsClients, name: string, vpcId: string): Promise<string> {
  const input = { Name: name, Protocol: 'TCP', Port: 80, VpcId: vpcId, TargetType: 'ip' } as const;
  const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand(input));
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

async function listen({ elbv2 }: AwsClients, arn: string, port: number, groupArn?: string): Promise<void> {
  const action = groupArn
    ? ({ Type: 'forward', TargetGroupArn: groupArn } as const)
    : ({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } } as const);
  const protocol = groupArn ? 'TCP' : 'HTTP';
  await elbv2.send(
    new CreateListenerCommand({
      LoadBalancerArn: arn,
      Protocol: protocol,
      Port: port,
      DefaultActions: [action],
    }),
  );
}
