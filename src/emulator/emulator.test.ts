import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  EC2Client,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from './clock/stepped-clock.ts';
import { type Emulator, startEmulator } from './emulator.ts';

let clock: SteppedClock;
let local: Emulator;
let ec2: EC2Client;
let elbv2: ElasticLoadBalancingV2Client;

const settings = () => ({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2Client(settings());
  elbv2 = new ElasticLoadBalancingV2Client(settings());
});

afterEach(() => local.close());

async function subnets(): Promise<{ vpcId: string; subnetIds: string[] }> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const subnetIds: string[] = [];
  for (const [index, zone] of ['us-east-1a', 'us-east-1b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone }),
    );
    subnetIds.push(Subnet?.SubnetId ?? '');
  }
  return { vpcId: Vpc?.VpcId ?? '', subnetIds };
}

async function loadBalancer(
  name: string,
  type: 'application' | 'network',
  subnetIds: string[],
): Promise<string> {
  const { LoadBalancers } = await elbv2.send(
    new CreateLoadBalancerCommand({ Name: name, Type: type, Scheme: 'internal', Subnets: subnetIds }),
  );
  await clock.advance(60_000);
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

describe('the endpoint', () => {
  it('tells callers apart by their account', async () => {
    const sts = new STSClient({
      ...settings(),
      credentials: { accessKeyId: '111122223333', secretAccessKey: 'x' },
    });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '111122223333' });
  });

  it('keeps regions apart', async () => {
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const elsewhere = new EC2Client({ ...settings(), region: 'eu-west-1' });
    const { Vpcs = [] } = await elsewhere.send(new DescribeVpcsCommand({}));
    expect(Vpcs.map(({ CidrBlock, IsDefault }) => ({ CidrBlock, IsDefault }))).toEqual([
      { CidrBlock: '172.31.0.0/16', IsDefault: true },
    ]);
  });

  it('names the action that it does not have', async () => {
    const { DescribeVolumesCommand } = await import('@aws-sdk/client-ec2');
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'ec2:DescribeVolumes is not implemented by this local AWS',
    });
  });

  it('refuses a call that lacks what the model requires', async () => {
    await expect(elbv2.send(new CreateTargetGroupCommand({ Name: undefined }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("Value null at 'name'"),
    });
  });
});

describe('load balancers', () => {
  it('hold an interface in each subnet, described as AWS describes it', async () => {
    const { vpcId, subnetIds } = await subnets();
    const arn = await loadBalancer('edge', 'network', subnetIds);
    const { NetworkInterfaces = [] } = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [
          { Name: 'description', Values: [`ELB ${arn.split('loadbalancer/')[1]}`] },
          { Name: 'vpc-id', Values: [vpcId] },
        ],
      }),
    );
    expect(NetworkInterfaces.map(({ SubnetId }) => SubnetId).sort()).toEqual([...subnetIds].sort());
    expect(NetworkInterfaces[0]).toMatchObject({ Status: 'in-use', RequesterManaged: true });
  });

  it('page through interfaces without losing or repeating one', async () => {
    const { subnetIds } = await subnets();
    for (const name of ['one', 'two', 'three', 'four']) await loadBalancer(name, 'network', subnetIds);
    const seen: string[] = [];
    for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces(
      { client: ec2, pageSize: 5 },
      {},
    )) {
      expect(NetworkInterfaces.length).toBeLessThanOrEqual(5);
      seen.push(...NetworkInterfaces.map(({ NetworkInterfaceId = '' }) => NetworkInterfaceId));
    }
    expect(new Set(seen).size).toBe(8);
    expect(seen.length).toBe(8);
  });

  it('scale out by starting first, and in by leaving DNS first', async () => {
    const { subnetIds } = await subnets();
    const arn = await loadBalancer('web', 'application', subnetIds);
    const alb = local.cell().loadBalancing.loadBalancers.get(arn);
    const phases = () => alb?.nodes.map(({ phase }) => phase).sort();
    const scale = (nodes: number) =>
      fetch(`${local.endpoint}/_emulator/load-balancers/web/scale`, {
        method: 'POST',
        body: JSON.stringify({ nodes }),
      });

    expect(await (await scale(3)).json()).toEqual({ name: 'web', from: 2, to: 3 });
    expect(phases()).toEqual(['serving', 'serving', 'starting']);
    await clock.advance(30_000);
    expect(phases()).toEqual(['serving', 'serving', 'serving']);

    await scale(1);
    expect(phases()).toEqual(['leaving', 'leaving', 'serving']);
    await clock.advance(300_000);
    expect(phases()).toEqual(['serving']);
    expect(local.cell().network.interfaces.size).toBe(1);
  });

  it('refuse a scaling that makes no sense, and say what would', async () => {
    const answer = await fetch(`${local.endpoint}/_emulator/load-balancers/web/scale`, {
      method: 'POST',
      body: '{"nodes":0}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('n from 1 to 100') });
  });
});

describe('target groups', () => {
  async function bridge(): Promise<{ groupArn: string; node: string; arns: { alb: string; nlb: string } }> {
    const { vpcId, subnetIds } = await subnets();
    const nlb = await loadBalancer('edge', 'network', subnetIds);
    const alb = await loadBalancer('web', 'application', subnetIds);
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({
        Name: 'group',
        Protocol: 'TCP',
        Port: 80,
        VpcId: vpcId,
        TargetType: 'ip',
      }),
    );
    const groupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const network = local.cell().network;
    const albGroup = local.cell().loadBalancing.loadBalancers.get(alb)?.securityGroupIds[0] ?? '';
    const { AuthorizeSecurityGroupIngressCommand } = await import('@aws-sdk/client-ec2');
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: albGroup,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
        ],
      }),
    );
    await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: alb,
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      }),
    );
    const held = [...network.interfaces.values()].find(({ description }) =>
      description.startsWith('ELB app/'),
    );
    return { groupArn, node: held?.privateIpAddresses[0] ?? '', arns: { alb, nlb } };
  }

  const health = async (groupArn: string) => {
    const { TargetHealthDescriptions = [] } = await elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: groupArn }),
    );
    return TargetHealthDescriptions.map(
      ({ Target, TargetHealth }) => `${Target?.Id} ${TargetHealth?.State} ${TargetHealth?.Reason}`,
    );
  };

  it('take a target through registration, health, draining and away', async () => {
    const { groupArn, node, arns } = await bridge();
    const Targets = [{ Id: node, Port: 80 }];
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
    expect(await health(groupArn)).toEqual([`${node} unused Target.NotInUse`]);

    await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: arns.nlb,
        Protocol: 'TCP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn }],
      }),
    );
    expect(await health(groupArn)).toEqual([`${node} initial Elb.RegistrationInProgress`]);
    await clock.advance(15_000);
    expect(await health(groupArn)).toEqual([`${node} healthy undefined`]);

    await elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
    expect(await health(groupArn)).toEqual([`${node} draining Target.DeregistrationInProgress`]);
    await clock.advance(300_000);
    expect(await health(groupArn)).toEqual([]);
  });

  it('find a dead node out after two checks', async () => {
    const { groupArn, node, arns } = await bridge();
    await elbv2.send(
      new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: node, Port: 80 }] }),
    );
    await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: arns.nlb,
        Protocol: 'TCP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn }],
      }),
    );
    await clock.advance(15_000);
    const alb = local.cell().loadBalancing.loadBalancers.get(arns.alb);
    const victim = alb?.nodes.find((held) => held.interface.privateIpAddresses[0] === node);
    if (victim) local.cell().fleet.kill(victim);
    await clock.advance(30_000);
    expect(await health(groupArn)).toEqual([`${node} healthy undefined`]);
    await clock.advance(30_000);
    expect(await health(groupArn)).toEqual([`${node} unhealthy Target.FailedHealthChecks`]);
  });

  it('deregister nothing where the port is left out and is not the group’s own', async () => {
    const { groupArn } = await bridge();
    await elbv2.send(
      new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: '10.0.0.77', Port: 8080 }] }),
    );
    await elbv2.send(
      new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: '10.0.0.77' }] }),
    );
    expect(await health(groupArn)).toEqual(['10.0.0.77 unused Target.NotInUse']);
  });

  it('want zone all for an address outside the VPC, and only there', async () => {
    const { groupArn } = await bridge();
    const registering = (target: { Id: string; AvailabilityZone?: string }) =>
      elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [target] }));
    await expect(registering({ Id: '10.0.0.9', AvailabilityZone: 'all' })).rejects.toThrow(
      /is within the VPC/,
    );
    await expect(registering({ Id: '192.168.1.9' })).rejects.toThrow(/use 'all'/);
    await expect(registering({ Id: '8.8.8.8', AvailabilityZone: 'all' })).rejects.toThrow(/private range/);
    await registering({ Id: '192.168.1.9', AvailabilityZone: 'all' });
    expect(await health(groupArn)).toEqual(['192.168.1.9 unused Target.NotInUse']);
  });

  it('name the load balancer that is asked for and not there', async () => {
    await expect(elbv2.send(new DescribeLoadBalancersCommand({ Names: ['nobody'] }))).rejects.toMatchObject({
      name: 'LoadBalancerNotFoundException',
    });
  });
});
