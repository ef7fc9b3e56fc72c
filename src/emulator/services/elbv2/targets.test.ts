import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultTimings } from '../../world/load-balancing/timings.ts';
import { fixed, forward, type LoadBalancerWorld, loadBalancerWorld } from './testing/load-balancers.ts';

let world: LoadBalancerWorld;

beforeEach(async () => {
  world = await loadBalancerWorld();
});
afterEach(() => world.close());

const http = { Port: 80, Protocol: 'HTTP' as const, DefaultActions: [fixed] };

async function listen(LoadBalancerArn: string, TargetGroupArn: string): Promise<void> {
  const DefaultActions = [forward(TargetGroupArn)];
  await world.elb.createListener({ LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions });
}

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('an application load balancer as a target', () => {
  let alb: string;
  let group: string;

  beforeEach(async () => {
    alb = await world.balancer('application');
    group = await world.group({ TargetType: 'alb' });
  });

  const register = (Id: string, Port?: number) =>
    world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id, ...(Port && { Port }) }] });

  it('is checked over HTTP, and becomes healthy', async () => {
    await world.elb.createListener({ LoadBalancerArn: alb, ...http });
    // It lets in whom its security group lets in.
    const balancer = world.local.cell().loadBalancing.loadBalancers.get(alb);
    if (balancer) balancer.securityGroupIds = [];
    await register(alb);
    expect(await world.health(group)).toMatchObject([{ TargetHealth: { Reason: 'Target.NotInUse' } }]);
    await listen(await world.balancer('network'), group);
    expect(await world.health(group)).toMatchObject([
      { TargetHealth: { Reason: 'Elb.RegistrationInProgress' } },
    ]);
    await world.clock.advance(defaultTimings.registration.network);
    expect(await world.health(group)).toEqual([
      { Target: { Id: alb, Port: 80 }, HealthCheckPort: '80', TargetHealth: { State: 'healthy' } },
    ]);
    const { TargetGroups } = await world.elb.describeTargetGroups({ TargetGroupArns: [group] });
    expect(TargetGroups?.[0]).toMatchObject({
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/',
      TargetType: 'alb',
    });
    for (const node of balancer?.nodes ?? []) node.phase = 'dead';
    await world.clock.advance(60_000);
    expect(await world.health(group)).toMatchObject([
      { TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' } },
    ]);
  });

  it('needs a listener on the port', async () => {
    const want =
      'ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides';
    expect(await outcome(register(alb))).toBe(want);
    await world.elb.createListener({ LoadBalancerArn: alb, ...http });
    expect(await outcome(register(alb, 81))).toBe(want);
    expect(await outcome(register(alb))).toBe('done');
  });

  it('is one, of its own kind and VPC', async () => {
    const other = await world.balancer('application');
    for (const LoadBalancerArn of [alb, other]) await world.elb.createListener({ LoadBalancerArn, ...http });
    await register(alb);
    expect(await outcome(register(other))).toMatch(/^TooManyTargets/);
    expect(await outcome(register('10.0.0.1'))).toMatch(/^InvalidTarget/);
    expect(await outcome(register(await world.balancer('network')))).toMatch(/^InvalidTarget/);
  });

  it('is behind two network load balancers at the most', async () => {
    await world.elb.createListener({ LoadBalancerArn: alb, ...http });
    const groups = [
      group,
      await world.group({ TargetType: 'alb' }),
      await world.group({ TargetType: 'alb' }),
    ];
    for (const arn of groups) await listen(await world.balancer('network'), arn);
    const results: string[] = [];
    for (const TargetGroupArn of groups) {
      results.push(await outcome(world.elb.registerTargets({ TargetGroupArn, Targets: [{ Id: alb }] })));
    }
    expect(results.map((result) => result.split(':')[0])).toEqual([
      'done',
      'done',
      'TooManyTargetsException',
    ]);
  });

  it('keeps its listener, and itself, while it is registered', async () => {
    const { Listeners } = await world.elb.createListener({ LoadBalancerArn: alb, ...http });
    const ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
    await register(alb);
    const inUse = `Listener port '80' is in use by registered target '${alb}' and cannot be removed.`;
    expect(await outcome(world.elb.deleteListener({ ListenerArn }))).toContain(inUse);
    expect(await outcome(world.elb.modifyListener({ ListenerArn, Port: 81 }))).toContain(inUse);
    expect(await outcome(world.elb.deleteLoadBalancer({ LoadBalancerArn: alb }))).toMatch(/^ResourceInUse/);
    await world.elb.deregisterTargets({ TargetGroupArn: group, Targets: [{ Id: alb }] });
    expect(await outcome(world.elb.deleteListener({ ListenerArn }))).toBe('done');
  });

  it('has a group of TCP, whose attributes stay as they are', async () => {
    expect(await outcome(world.group({ TargetType: 'alb', Protocol: 'TLS' }))).toContain(
      "Protocol 'TLS' is not supported",
    );
    expect(await outcome(world.group({ TargetType: 'alb', HealthCheckProtocol: 'TCP' }))).toContain(
      "'HTTP, HTTPS'",
    );
    const set = (Key: string, Value: string) =>
      world.elb.modifyTargetGroupAttributes({ TargetGroupArn: group, Attributes: [{ Key, Value }] });
    expect(await outcome(set('preserve_client_ip.enabled', 'false'))).toContain('cannot be modified');
    expect(await outcome(set('deregistration_delay.timeout_seconds', '300'))).toBe('done');
  });
});

describe('an instance as a target', () => {
  async function run(SubnetId: string): Promise<string> {
    const { Instances } = await world.ec2.runInstances({
      ImageId: 'ami-1',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
    });
    return Instances?.[0]?.InstanceId ?? '';
  }

  it('is found at its address, and gone when it is terminated', async () => {
    const id = await run(world.subnetIds[0] ?? '');
    const group = await world.group({ TargetType: 'instance' });
    await world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id: id }] });
    await listen(await world.balancer('network'), group);
    const { Reservations } = await world.ec2.describeInstances({ InstanceIds: [id] });
    const found = Reservations?.[0]?.Instances?.[0];
    expect(found?.State?.Name).toBe('running');
    world.local.cell().hosts.add({
      address: found?.PrivateIpAddress ?? '',
      port: 80,
      forwardTo: { host: '127.0.0.1', port: 9 },
    });
    await world.clock.advance(defaultTimings.registration.network);
    expect(await world.health(group)).toMatchObject([
      { Target: { Id: id }, TargetHealth: { State: 'healthy' } },
    ]);
    await world.ec2.terminateInstances({ InstanceIds: [id] });
    expect(await world.health(group)).toMatchObject([{ TargetHealth: { State: 'draining' } }]);
    await world.clock.advance(300_000);
    expect(await world.health(group)).toEqual([]);
  });

  it('is unused in a zone that the load balancer is not in', async () => {
    const [here = '', there = ''] = world.subnetIds;
    const id = await run(there);
    const group = await world.group({ TargetType: 'instance' });
    await world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id: id }] });
    await listen(await world.balancer('network', [here]), group);
    expect(await world.health(group)).toMatchObject([
      {
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotInUse',
          Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
        },
      },
    ]);
  });

  it.each([
    { name: 'what is no id', id: '10.0.0.1', want: "Instance ID '10.0.0.1' is not valid" },
    { name: 'one that is not there', id: 'i-0123456789abcdef0', want: 'InvalidTarget' },
  ])('is refused: $name', async ({ id, want }) => {
    const TargetGroupArn = await world.group({ TargetType: 'instance' });
    expect(await outcome(world.elb.registerTargets({ TargetGroupArn, Targets: [{ Id: id }] }))).toContain(
      want,
    );
  });
});

describe('security groups of a network load balancer', () => {
  it('are asked about PrivateLink unless told otherwise', async () => {
    const { GroupId = '' } = await world.ec2.createSecurityGroup({
      GroupName: 'g',
      Description: 'g',
      VpcId: world.vpcId,
    });
    const { LoadBalancers } = await world.elb.createLoadBalancer({
      Name: 'guarded',
      Type: 'network',
      Subnets: world.subnetIds,
      SecurityGroups: [GroupId],
    });
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    expect(LoadBalancers?.[0]?.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic).toBe('on');
    const set = (value: string, arn = LoadBalancerArn) =>
      world.elb.setSecurityGroups({
        LoadBalancerArn: arn,
        SecurityGroups: [GroupId],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value as 'on',
      });
    expect(await set('off')).toMatchObject({ EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' });
    expect(await outcome(set('maybe'))).toMatch(/^ValidationError/);
    expect(await outcome(set('off', await world.balancer('application')))).toMatch(
      /^InvalidConfigurationRequest/,
    );
  });
});

it.each([
  { protocol: 'TCP', type: 'ip', want: 'false' },
  { protocol: 'TCP', type: 'instance', want: 'true' },
  { protocol: 'TCP', type: 'alb', want: 'true' },
  { protocol: 'UDP', type: 'ip', want: 'true' },
] as const)(
  'preserves clients’ addresses by default: $protocol to $type is $want',
  async ({ protocol, type, want }) => {
    const TargetGroupArn = await world.group({ Protocol: protocol, TargetType: type });
    const { Attributes } = await world.elb.describeTargetGroupAttributes({ TargetGroupArn });
    expect(Attributes?.find(({ Key }) => Key === 'preserve_client_ip.enabled')?.Value).toBe(want);
  },
);

it.each([
  { key: 'stickiness.type', value: 'lb_cookie' },
  { key: 'deregistration_delay.timeout_seconds', value: '3601' },
  { key: 'load_balancing.cross_zone.enabled', value: 'maybe' },
  { key: 'proxy_protocol_v2.enabled', value: 'yes' },
])('refuses $value for $key of a TCP group', async ({ key, value }) => {
  const TargetGroupArn = await world.group();
  const set = world.elb.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [{ Key: key, Value: value }],
  });
  await expect(set).rejects.toMatchObject({ name: 'ValidationError' });
});
