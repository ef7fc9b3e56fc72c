import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalAws, numerically, startLocalAws } from '../aws/testing/local-aws.ts';
import { sync } from './sync.ts';

type FaultInput = Parameters<LocalAws['world']['faults']['add']>[0];

let aws: LocalAws;
let albArn: string;
let groupArn: string;

beforeEach(async () => {
  aws = await startLocalAws();
  const GroupId = await aws.securityGroup('open');
  albArn = await aws.loadBalancer('web');
  for (const held of aws.world.loadBalancing.loadBalancers.values()) held.securityGroupIds = [GroupId];
  const IpRanges = [{ CidrIp: '10.0.0.0/16' }];
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges }];
  await aws.clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  await aws.listen(albArn);
  groupArn = await aws.targetGroup('group');
  await aws.listen(await aws.loadBalancer('edge', 'network'), 80, groupArn);
  await minutes(1);
});

afterEach(() => aws.close());

/** Lets minutes pass, with a pass in each; whether one fails is its own affair. */
async function minutes(count: number): Promise<void> {
  const binding = {
    name: 'bridge',
    source: { type: 'load-balancer', arn: albArn },
    sink: { type: 'target-group', arn: groupArn, port: 80 },
    policy: { mode: 'sync' },
  };
  for (let passed = 0; passed < count; passed++) {
    await sync(
      {},
      {
        clientsOf: () => aws.clients,
        resolve: aws.resolve,
        wait: (milliseconds) => aws.clock.advance(milliseconds),
        now: () => aws.clock.now(),
        write: () => {},
        environment: { ALBRIDGE_CONFIG: JSON.stringify({ bindings: [binding] }) },
      },
    ).catch(() => {});
    await aws.clock.advance(60_000);
  }
}

/** As the world has it: a call would suffer the fault as well. */
const healthy = (): string[] =>
  [...(aws.world.loadBalancing.targetGroups.get(groupArn)?.registrations.values() ?? [])]
    .filter(({ state }) => state === 'healthy')
    .map(({ id }) => id)
    .sort(numerically);

const faults: { name: string; fault: (node: string) => FaultInput }[] = [
  { name: 'refused calls', fault: () => ({ kind: 'error', code: 'InternalError', status: 400, rate: 0.3 }) },
  {
    name: 'stale reads of interfaces',
    fault: () => ({ kind: 'stale-read', staleFor: 90_000, service: 'ec2', rate: 0.5 }),
  },
  {
    name: 'stale reads of targets',
    fault: () => ({ kind: 'stale-read', staleFor: 90_000, action: '*Health' }),
  },
  {
    name: 'interfaces left out',
    fault: () => ({ kind: 'partial-answer', share: 0.4, action: 'DescribeNetworkInterfaces' }),
  },
  { name: 'short pages', fault: () => ({ kind: 'short-page', most: 5 }) },
  { name: 'a dead node', fault: (address) => ({ kind: 'dead-node', address, milliseconds: 300_000 }) },
];

it.each(faults)(
  'survives $name: never without a healthy target, and in step again after it',
  async ({ fault }) => {
    const [first = ''] = aws.nodes('web');
    const { id } = aws.world.faults.add(fault(first));
    for (const nodes of [6, 3]) {
      await aws.scale('web', nodes);
      for (let passed = 0; passed < 3; passed++) {
        await minutes(1);
        expect(healthy()).not.toEqual([]);
      }
    }
    if (aws.world.faults.active.some((active) => active.id === id)) aws.world.faults.remove(id);
    await minutes(8);
    // Three, and one more where a dead node that scaling did not count has come back to life.
    expect(aws.nodes('web').length).toBeGreaterThanOrEqual(3);
    expect(healthy()).toEqual(aws.nodes('web'));
  },
);
