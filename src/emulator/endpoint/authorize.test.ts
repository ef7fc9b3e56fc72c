import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../emulator.ts';

let local: Emulator;
let clock: SteppedClock;
let groups: string[];

const root = { accessKeyId: 'local', secretAccessKey: 'local' };
const settings = (credentials: typeof root) => ({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials,
});

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  const elbv2 = new ElasticLoadBalancingV2Client(settings(root));
  const [vpcId] = [...local.cell().network.vpcs.keys()];
  groups = [];
  for (const Name of ['mine', 'others']) {
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({ Name, Protocol: 'TCP', Port: 80, VpcId: vpcId, TargetType: 'ip' }),
    );
    groups.push(TargetGroups?.[0]?.TargetGroupArn ?? '');
  }
});

afterEach(() => local.close());

/** Credentials of a role that has one policy, or none. */
async function assume(statements: object[]): Promise<typeof root & { sessionToken: string }> {
  const iam = new IAMClient(settings(root));
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'role', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  if (statements.length > 0) {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'role', PolicyName: 'p', PolicyDocument: document }));
  }
  const { Credentials } = await new STSClient(settings(root)).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'session' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });

describe('a call with a role’s credentials', () => {
  const register = (credentials: typeof root, group: string | undefined) =>
    new ElasticLoadBalancingV2Client(settings(credentials)).send(
      new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: '172.31.0.9' }] }),
    );

  it('is allowed on the resource that its policy names, and on no other', async () => {
    const credentials = await assume([allow('elasticloadbalancing:RegisterTargets', groups[0] ?? '')]);
    await register(credentials, groups[0]);
    await expect(register(credentials, groups[1])).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `assumed-role/role/session is not authorized to perform: elasticloadbalancing:RegisterTargets on resource: ${groups[1]}`,
      ),
    });
  });

  it('needs * as the resource of what lists or describes', async () => {
    const credentials = await assume([allow('elasticloadbalancing:DescribeTargetGroups', groups[0] ?? '')]);
    const elbv2 = new ElasticLoadBalancingV2Client(settings(credentials));
    await expect(
      elbv2.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [groups[0] ?? ''] })),
    ).rejects.toThrow(/not authorized to perform: elasticloadbalancing:DescribeTargetGroups because/);
  });

  it('is denied where one statement denies what another allows', async () => {
    const deny = { Effect: 'Deny', Action: 'elasticloadbalancing:Register*', Resource: '*' };
    await expect(register(await assume([allow('*', '*'), deny]), groups[0])).rejects.toThrow(
      /not authorized/,
    );
  });

  it('is refused in EC2’s own words without a policy', async () => {
    const ec2 = new EC2Client(settings(await assume([])));
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringMatching(
        /^You are not authorized to perform this operation\. User: arn:aws:sts::/,
      ),
    });
  });

  it('of CloudWatch goes by the name of its actions, not by the one it is signed for', async () => {
    const alarms = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:mine-*';
    const statements = [allow('cloudwatch:PutMetricData', '*'), allow('cloudwatch:DescribeAlarms', alarms)];
    const cloudWatch = new CloudWatchClient(settings(await assume(statements)));
    const MetricData = [{ MetricName: 'm', Value: 1 }];
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'mine', MetricData }));
    await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['mine-1'] }));
    await expect(cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['mine-1'] }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('cloudwatch:DeleteAlarms on resource: arn:aws:cloudwatch:us-east-1:'),
    });
  });

  it('may always ask who it is', async () => {
    const sts = new STSClient(settings(await assume([])));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/assumed-role\/role\/session$/);
  });

  it('is refused once the credentials have expired', async () => {
    const credentials = await assume([allow('*', '*')]);
    await clock.advance(3_601_000);
    await expect(register(credentials, groups[0])).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

describe('credentials that look real', () => {
  it.each(['AKIAQ3EGRZ7XOBXYZABC', 'ASIAQ3EGRZ7XOBXYZABC'])(
    'are refused with an explanation: %s',
    async (id) => {
      const sts = new STSClient(settings({ accessKeyId: id, secretAccessKey: 'x' }));
      await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow(/This is a local AWS/);
    },
  );
});
