import { AuthorizeSecurityGroupIngressCommand, CreateVpcEndpointCommand } from '@aws-sdk/client-ec2';
import { DeregisterTargetsCommand, RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, numerically, startLocalAws } from '../aws/testing/local-aws.ts';
import { type SyncSummary, sync } from './sync.ts';
import { type ToldOnce, toldOnce } from './told-once.ts';

let aws: LocalAws;
let albArn: string;
let groupArn: string;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  aws = await startLocalAws();
  const groupId = await aws.securityGroup('open');
  albArn = await aws.loadBalancer('web');
  for (const held of aws.world.loadBalancing.loadBalancers.values()) held.securityGroupIds = [groupId];
  await aws.clients.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: groupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
    }),
  );
  await aws.listen(albArn);
  groupArn = await aws.targetGroup('group');
  await aws.listen(await aws.loadBalancer('edge', 'network'), 80, groupArn);
  lines = [];
});

afterEach(() => aws.close());

function invoke(
  event: unknown,
  environment: Record<string, string> = {},
  told: ToldOnce = toldOnce(),
): Promise<SyncSummary> {
  return sync(event, {
    clientsOf: () => aws.clients,
    resolve: aws.resolve,
    wait: (milliseconds) => aws.clock.advance(milliseconds),
    now: () => aws.clock.now(),
    write: (line) => lines.push(JSON.parse(line)),
    environment,
    toldOnce: told,
  });
}

const article = () => ({ targetPort: '80', albDescription: 'web', nlbTargetGroupArn: groupArn });

const configured = (...bindings: object[]) => ({
  ALBRIDGE_CONFIG: JSON.stringify({
    bindings: bindings.length > 0 ? bindings : [bridge()],
  }),
});

const bridge = (other: object = {}) => ({
  name: 'bridge',
  source: { type: 'load-balancer', arn: albArn },
  sink: { type: 'target-group', arn: groupArn, port: 80 },
  policy: { mode: 'sync' },
  ...other,
});

const logged = () => lines.filter((line) => !('_aws' in line));
const measured = () => lines.filter((line) => '_aws' in line);
const writes = () =>
  aws.calls.filter(({ operation }) => /^(Register|Deregister|Authorize|Revoke)/.test(operation));
const healthy = (addresses: readonly string[]) => addresses.map((address) => `${address}:80 healthy`);

describe('sync', () => {
  it("registers the load balancer of the article's event", async () => {
    const nodes = aws.nodes('web');
    expect(await invoke(article())).toEqual({ bindings: [{ binding: 'group', added: nodes, removed: [] }] });
    await aws.clock.advance(60_000);
    expect(await aws.targets(groupArn)).toEqual(healthy(nodes));
  });

  it("takes another updater's environment, and tells once what it does not do", async () => {
    const [held] = [...aws.world.loadBalancing.loadBalancers.values()].filter(({ name }) => name === 'web');
    const environment = {
      ALB_DNS_NAME: held?.dnsName ?? '',
      ALB_LISTENER: '80',
      NLB_TG_ARN: groupArn,
      S3_BUCKET: 'state',
    };
    const told = toldOnce();
    const nodes = aws.nodes('web');
    expect(await invoke({}, environment, told)).toEqual({
      bindings: [{ binding: 'group', added: nodes, removed: [] }],
    });
    await aws.clock.advance(60_000);
    await invoke({}, environment, told);
    expect(logged().filter(({ message }) => String(message).startsWith('S3_BUCKET'))).toEqual([
      { timestamp: expect.any(String), level: 'info', message: 'S3_BUCKET is not used: no state is kept' },
    ]);
    expect(await aws.targets(groupArn)).toEqual(healthy(nodes));
  });

  it('follows an ALB as it scales out and in, and never without a healthy target (FM7, FM33)', async () => {
    const environment = configured();
    await invoke({}, environment);
    await aws.clock.advance(60_000);

    await aws.scale('web', 6);
    await aws.clock.advance(60_000);
    await invoke({}, environment);
    await aws.clock.advance(60_000);
    expect(await aws.targets(groupArn)).toEqual(healthy(aws.nodes('web')));
    expect(aws.nodes('web')).toHaveLength(6);

    await aws.scale('web', 2);
    await aws.clock.advance(30_000);
    const leaving = aws.nodes('web', 'leaving');
    expect((await invoke({}, environment)).bindings).toMatchObject([{ added: [], removed: leaving }]);
    const targets = await aws.targets(groupArn);
    expect(targets.filter((target) => target.endsWith('healthy'))).toEqual(healthy(aws.nodes('web')));
    expect(targets.filter((target) => target.endsWith('draining'))).toEqual(
      leaving.map((address) => `${address}:80 draining`),
    );
  });

  it('keeps a leaving node until those that replace it are healthy (FM7)', async () => {
    const environment = configured();
    await invoke({}, environment);
    await aws.clock.advance(60_000);
    const before = aws.nodes('web');
    await aws.scale('web', 4);
    await aws.clock.advance(30_000);
    await aws.scale('web', 3);
    const leaving = aws.nodes('web', 'leaving').filter((address) => before.includes(address));

    await invoke({}, environment);
    expect(await aws.targets(groupArn)).toEqual(expect.arrayContaining(healthy(leaving)));
    await aws.clock.advance(60_000);
    await invoke({}, environment);
    const targets = await aws.targets(groupArn);
    expect(targets.filter((target) => target.endsWith('healthy'))).toEqual(healthy(aws.nodes('web')));
  });

  it('reads but does not write, and logs nothing but metrics, where all is as it should be (FM21)', async () => {
    const environment = configured();
    await invoke({}, environment);
    await aws.clock.advance(60_000);
    aws.calls.length = 0;
    lines.length = 0;
    expect((await invoke({}, environment)).bindings).toEqual([{ binding: 'bridge', added: [], removed: [] }]);
    expect(aws.calls.map(({ operation }) => operation).sort()).toEqual([
      'DescribeLoadBalancers',
      'DescribeNetworkInterfaces',
      'DescribeTargetGroups',
      'DescribeTargetHealth',
      'DescribeVpcs',
    ]);
    expect(logged()).toEqual([]);
    expect(measured()).toMatchObject([
      { Binding: 'bridge', Desired: 2, Registered: 2, Healthy: 2, Added: 0 },
    ]);
  });

  it('counts for each group by itself, however many there are, and from pass to pass (FM14)', async () => {
    const groups = [groupArn, await aws.targetGroup('second'), await aws.targetGroup('third')];
    const gone = ['10.0.0.201', '10.0.0.202', '10.0.0.203'];
    const bindings = groups.map((arn, index) => ({
      ...bridge({ name: `binding-${index}` }),
      sink: { type: 'target-group', arn, port: 80 },
      policy: { mode: 'sync', maxRemovals: 1 },
    }));
    for (const TargetGroupArn of groups) {
      const Targets = gone.map((Id) => ({ Id, Port: 80 }));
      await aws.clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    }
    for (const address of gone) {
      lines.length = 0;
      const summary = await invoke({}, configured(...bindings));
      expect(summary.bindings.map(({ removed }) => removed)).toEqual(groups.map(() => [address]));
      expect(measured().map(({ Binding, Removed }) => [Binding, Removed])).toEqual(
        expect.arrayContaining(bindings.map(({ name }) => [name, 1])),
      );
    }
  });

  it('logs a pass that changes something in one line', async () => {
    await invoke({}, configured());
    expect(logged()).toEqual([
      {
        timestamp: new Date(aws.clock.now()).toISOString(),
        level: 'info',
        message: 'bridge: 2 added',
        binding: 'bridge',
        desired: aws.nodes('web'),
        registered: aws.nodes('web'),
        healthy: [],
        added: aws.nodes('web'),
        removed: [],
        withheld: [],
        unused: [],
        errors: [],
        durationMs: 0,
      },
    ]);
  });

  it('registers a target anew that was deregistered by mistake (FM9)', async () => {
    const environment = configured();
    const [node = ''] = aws.nodes('web');
    await invoke({}, environment);
    await aws.clock.advance(60_000);
    const Targets = [{ Id: node, Port: 80 }];
    await aws.clients.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
    expect((await invoke({}, environment)).bindings).toMatchObject([{ added: [node] }]);
  });

  it('keeps every target when the load balancer is not found, and fails (FM1, FM17)', async () => {
    await invoke(article());
    const before = await aws.targets(groupArn);
    aws.calls.length = 0;
    await expect(invoke({ ...article(), albDescription: 'we' })).rejects.toMatchObject({
      code: 'bindings-failed',
      message: expect.stringContaining("group: no application or network load balancer is 'we'"),
    });
    expect(await aws.targets(groupArn)).toEqual(before);
    expect(writes()).toEqual([]);
    expect(measured().at(-1)).toMatchObject({ SourceUnknown: 1, Failed: 1, Registered: 2 });
    expect(measured().at(-1)).not.toHaveProperty('Desired');
  });

  it('attempts every binding, then fails with the names of those that failed (FM17, FM20)', async () => {
    const instances = await aws.targetGroup('instances', 'instance');
    const environment = configured(
      bridge({ name: 'wrong', sink: { type: 'target-group', arn: instances, port: 80 } }),
      bridge({
        name: 'lost',
        source: { type: 'load-balancer', description: 'nowhere' },
        sink: { type: 'target-group', arn: groupArn, port: 81 },
      }),
      bridge(),
    );
    const failure = invoke({}, environment);
    await expect(failure).rejects.toThrow(
      /^2 of 3 bindings failed: wrong: .*'instance'.* \| lost: .*'nowhere'/,
    );
    expect(await aws.targets(groupArn)).toHaveLength(2);
  });

  it('feeds several sinks, and several ports of one, with one read of the source (FM15)', async () => {
    const groupId = await aws.securityGroup('allow');
    const environment = configured(
      bridge({
        sink: undefined,
        sinks: [
          { name: 'http', type: 'target-group', arn: groupArn, port: 80 },
          { name: 'https', type: 'target-group', arn: groupArn, port: 443 },
          {
            name: 'allow',
            type: 'security-group',
            id: groupId,
            ports: [80, 443],
            policy: { mode: 'upsert-only' },
          },
          { name: 'lost', type: 'prefix-list', id: 'pl-0123456789abcdef0' },
        ],
      }),
    );
    aws.calls.length = 0;
    await expect(invoke({}, environment)).rejects.toThrow(/^1 of 4 bindings failed: bridge\.lost: /);
    const reads = aws.calls.map(({ operation }) => operation);

    const nodes = aws.nodes('web');
    const expected = nodes.flatMap((node) => [`${node}:80 initial`, `${node}:443 initial`]);
    expect((await aws.targets(groupArn)).sort()).toEqual(expected.sort());
    expect(aws.world.network.securityGroups.get(groupId)?.rules.size).toBe(1 + 2 * nodes.length);
    expect(reads.filter((operation) => operation === 'DescribeNetworkInterfaces')).toHaveLength(1);
    const sourceRead = reads.indexOf('DescribeNetworkInterfaces');
    for (const operation of ['DescribeTargetHealth', 'DescribeSecurityGroupRules']) {
      expect(reads.lastIndexOf(operation)).toBeLessThan(sourceRead);
    }
    expect(measured().map(({ Binding, Added }) => `${Binding} ${Added}`)).toEqual([
      'bridge.http 2',
      'bridge.https 2',
      'bridge.allow 2',
      'bridge.lost 0',
    ]);
  });

  it('registers what every kind of source names, merged', async () => {
    const { ec2 } = aws.clients;
    const [SubnetId = ''] = aws.subnetIds;
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: aws.vpcId,
        VpcEndpointType: 'Interface',
        SubnetIds: [SubnetId],
        ServiceName: 'com.amazonaws.us-east-1.execute-api',
      }),
    );
    const [endpointInterface = ''] = VpcEndpoint?.NetworkInterfaceIds ?? [];
    const endpoint = aws.world.network.interfaces.get(endpointInterface);
    endpoint?.tags.set('role', 'endpoint');
    aws.world.names.set('db.example', { addresses: ['10.0.0.240'], ttl: 5 });
    const sources = [
      { type: 'load-balancer', arn: albArn },
      { type: 'dns', name: 'db.example' },
      { type: 'vpc-endpoint', id: VpcEndpoint?.VpcEndpointId },
      { type: 'network-interfaces', tags: { role: 'endpoint' } },
      { type: 'static', addresses: ['10.0.0.241'] },
    ];
    const { bindings } = await invoke({}, configured(bridge({ source: { type: 'merged', sources } })));
    const want = [...aws.nodes('web'), '10.0.0.240', '10.0.0.241', ...(endpoint?.privateIpAddresses ?? [])];
    expect(bindings).toEqual([{ binding: 'bridge', added: want.sort(numerically), removed: [] }]);
  });

  it('follows a database that fails over, and keeps the former address until the new one is healthy (FM7, FM16)', async () => {
    const environment = configured(bridge({ source: { type: 'dns', name: 'db.example' } }));
    const [writer = '', reader = ''] = aws.nodes('web');
    aws.world.names.set('db.example', { addresses: [writer], ttl: 5 });
    await invoke({}, environment);
    await aws.clock.advance(60_000);
    aws.world.names.set('db.example', { addresses: [reader], ttl: 5 });
    expect(await invoke({}, environment)).toEqual({
      bindings: [{ binding: 'bridge', added: [reader], removed: [] }],
    });
    await aws.clock.advance(60_000);
    expect(await invoke({}, environment)).toEqual({
      bindings: [{ binding: 'bridge', added: [], removed: [writer] }],
    });
  });

  it.each([
    ['is not known any more', () => aws.world.names.delete('db.example')],
    ['has no address', () => aws.world.names.set('db.example', { addresses: [], ttl: 5 })],
    [
      'cannot be looked up',
      () => aws.world.names.set('db.example', { addresses: [], ttl: 5, failure: 'SERVFAIL' }),
    ],
  ])('keeps every target when a name %s, and fails (FM1, FM17)', async (_name, act) => {
    const environment = configured(bridge({ source: { type: 'dns', name: 'db.example' } }));
    aws.world.names.set('db.example', { addresses: ['10.0.0.240'], ttl: 5 });
    await invoke({}, environment);
    const before = await aws.targets(groupArn);
    aws.calls.length = 0;
    act();
    await expect(invoke({}, environment)).rejects.toThrow("bridge: dns did not answer for A of 'db.example'");
    expect(await aws.targets(groupArn)).toEqual(before);
    expect(writes()).toEqual([]);
  });

  it('opens a security group to the addresses of a load balancer, and closes it to those that are gone', async () => {
    const groupId = await aws.securityGroup('allow');
    const rules = () =>
      [...(aws.world.network.securityGroups.get(groupId)?.rules.values() ?? [])].filter(
        ({ isEgress }) => !isEgress,
      );
    const environment = configured({
      name: 'allow',
      source: { type: 'load-balancer', description: 'edge' },
      sink: { type: 'security-group', id: groupId, port: 80 },
      policy: { mode: 'sync' },
    });
    expect((await invoke({}, environment)).bindings).toMatchObject([{ added: aws.nodes('edge') }]);
    expect(rules()).toHaveLength(2);

    const [kept, moved] =
      [...aws.world.loadBalancing.loadBalancers.values()].find(({ name }) => name === 'edge')?.nodes ?? [];
    const [left = ''] = moved?.interface.privateIpAddresses ?? [];
    if (moved) moved.interface.privateIpAddresses = ['10.0.1.77'];
    expect((await invoke({}, environment)).bindings).toEqual([
      { binding: 'allow', added: ['10.0.1.77'], removed: [left] },
    ]);
    expect(rules().map(({ peer }) => peer)).toEqual([
      { kind: 'ipv4', cidr: `${kept?.interface.privateIpAddresses[0]}/32` },
      { kind: 'ipv4', cidr: '10.0.1.77/32' },
    ]);
  });
});

describe('sync, started by messages and events', () => {
  const second = 1000;
  const queued = (...bodies: unknown[]) => ({
    Records: bodies.map((body) => ({ eventSource: 'aws:sqs', body: JSON.stringify(body) })),
  });
  /** A message that is of use for so many seconds more. */
  const tick = (left: number) => ({
    albridge: 'tick',
    expires: new Date(aws.clock.now() + left * second).toISOString(),
  });
  const created = (description: string) => ({
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'CreateNetworkInterface',
      sourceIPAddress: 'elasticloadbalancing.amazonaws.com',
      requestParameters: { description },
    },
  });
  const description = () => `ELB ${albArn.split(':loadbalancer/')[1]}`;

  it('makes one pass of however many ticks wait', async () => {
    await invoke(queued(tick(5), tick(10), tick(15)), configured());
    expect(measured()).toMatchObject([{ Binding: 'bridge', Added: 2 }]);
    expect(logged()).toHaveLength(1);
  });

  it('drops ticks that are older than one tick, and tells how many (FM18)', async () => {
    aws.calls.length = 0;
    expect(await invoke(queued(tick(-1), tick(-11)), configured())).toEqual({ bindings: [] });
    expect(aws.calls).toEqual([]);
    expect(logged()).toMatchObject([{ level: 'warn', message: '2 late messages dropped', dropped: 2 }]);
    expect(measured()).toMatchObject([{ Binding: 'bridge', TicksDropped: 2 }]);
  });

  it('takes a tick in its last moment, along with those that are late', async () => {
    const { bindings } = await invoke(queued(tick(-1), tick(0)), configured());
    expect(bindings).toMatchObject([{ binding: 'bridge', added: aws.nodes('web') }]);
    expect(logged()).toContainEqual(expect.objectContaining({ dropped: 1 }));
  });

  it('starts a pass of the bindings that an event may concern, and of no others', async () => {
    const list = bridge({
      name: 'list',
      source: { type: 'static', addresses: ['10.0.0.99'] },
      sink: { type: 'target-group', arn: groupArn, port: 81 },
    });
    const { bindings } = await invoke(created(description()), configured(bridge(), list));
    expect(bindings.map(({ binding }) => binding)).toEqual(['bridge']);
    aws.calls.length = 0;
    expect(await invoke(created('ELB app/other/1'), configured(bridge(), list))).toEqual({ bindings: [] });
    expect(aws.calls).toEqual([]);
  });

  it('takes from an event nothing but the moment: what is written is as configured (FM30)', async () => {
    const other = await aws.targetGroup('other');
    const forged = { targetPort: '8080', albDescription: 'edge', nlbTargetGroupArn: other };
    const topic = { Records: [{ EventSource: 'aws:sns', Sns: { Message: JSON.stringify(forged) } }] };
    const envelope = { source: 'aws.rds', 'detail-type': 'RDS DB Instance Event', detail: forged };
    for (const event of [topic, queued(forged), envelope, queued({ ...tick(5), bindings: [forged] })]) {
      await invoke(event, configured());
    }
    expect(await aws.targets(other)).toEqual([]);
    expect((await aws.targets(groupArn)).map((target) => target.split(' ')[0])).toEqual(
      aws.nodes('web').map((node) => `${node}:80`),
    );
  });

  it('follows, by a re-check, what the event came too early for (FM16)', async () => {
    const environment = configured();
    await invoke({}, environment);
    await aws.scale('web', 3);
    await aws.clock.advance(5 * second);
    const hint = { about: 'interface', change: 'created', description: description() };
    const recheck = () => queued({ ...tick(60), albridge: 'recheck', hint });

    expect((await invoke(created(description()), environment)).bindings).toMatchObject([{ added: [] }]);
    await aws.clock.advance(15 * second);
    expect((await invoke(recheck(), environment)).bindings).toMatchObject([{ added: [] }]);
    await aws.clock.advance(15 * second);
    const [node] = (await invoke(recheck(), environment)).bindings;
    expect(node?.added).toHaveLength(1);
    expect(aws.nodes('web')).toEqual(expect.arrayContaining([...(node?.added ?? [])]));
  });
});
