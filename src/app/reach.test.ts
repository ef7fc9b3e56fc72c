import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsByReach } from '../aws/clients-by-reach.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { type SyncSummary, sync } from './sync.ts';

const account = '111122223333';
const region = 'eu-west-1';
const settings = { region, credentials: { accessKeyId: account, secretAccessKey: 'test' } };

let aws: LocalAws;
let groupArn: string;
let lines: string[];

/** A load balancer here; a target group in another account and region, and a role there that trusts this account. */
beforeEach(async () => {
  aws = await startLocalAws();
  await aws.loadBalancer('web');
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.200.0.0/16' }));
  await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.200.0.0/24' }));
  ec2.destroy();
  const elbv2 = new ElasticLoadBalancingV2Client(settings);
  const input = { Name: 'group', Protocol: 'TCP', Port: 80, TargetType: 'ip', VpcId: Vpc?.VpcId } as const;
  const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand(input));
  groupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  elbv2.destroy();
  const iam = new IAMClient(settings);
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: 'arn:aws:iam::000000000000:root' },
    Condition: { StringEquals: { 'sts:ExternalId': 'a-secret' } },
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Statement: statement });
  await iam.send(new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument }));
  const describes = [
    'ec2:DescribeVpcs',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ];
  const writes = ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'];
  const PolicyDocument = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: describes, Resource: '*' },
      { Effect: 'Allow', Action: writes, Resource: groupArn },
    ],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'writes', PolicyDocument }));
  iam.destroy();
  lines = [];
});

afterEach(() => aws.close());

function invoke(externalId: string): Promise<SyncSummary> {
  const role = { arn: `arn:aws:iam::${account}:role/writer`, externalId };
  const binding = {
    name: 'across',
    source: { type: 'load-balancer', description: 'web' },
    sink: { type: 'target-group', arn: groupArn, port: 80, role },
    policy: { mode: 'sync' },
  };
  return sync(undefined, {
    clientsOf: clientsByReach({
      now: () => aws.clock.now(),
      wait: (milliseconds) => aws.clock.advance(milliseconds),
    }),
    resolve: aws.resolve,
    wait: (milliseconds) => aws.clock.advance(milliseconds),
    now: () => aws.clock.now(),
    write: (line) => lines.push(line),
    environment: { ALBRIDGE_CONFIG: JSON.stringify({ bindings: [binding] }) },
  });
}

async function targets(): Promise<(string | undefined)[]> {
  const elbv2 = new ElasticLoadBalancingV2Client(settings);
  const { TargetHealthDescriptions = [] } = await elbv2.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: groupArn }),
  );
  elbv2.destroy();
  return TargetHealthDescriptions.map(({ Target }) => `${Target?.Id} ${Target?.AvailabilityZone}`).sort();
}

describe('sync across accounts and regions', () => {
  it('reads here, and writes there by the role, with the zone for addresses from elsewhere (FM11)', async () => {
    const nodes = aws.nodes('web');
    expect(await invoke('a-secret')).toMatchObject({ bindings: [{ added: nodes }] });
    expect(await targets()).toEqual(nodes.map((node) => `${node} all`).sort());
  });

  it('changes nothing and says why where the role refuses, without its external id', async () => {
    await expect(invoke('no-secret')).rejects.toThrow(
      /across: elasticloadbalancing:DescribeTargetGroups of '.*' failed: role-refused: sts:AssumeRole of '.*:role\/writer' failed: AccessDenied/,
    );
    expect(lines.join()).not.toContain('secret');
    expect(await targets()).toEqual([]);
  });
});
