import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumedRole, type Role } from './assumed-role.ts';
import { clientsByReach } from './clients-by-reach.ts';
import { type LocalAws, startLocalAws } from './testing/local-aws.ts';

const account = '111122223333';
const role: Role = { arn: `arn:aws:iam::${account}:role/writer`, externalId: 'a-secret' };
const minutes = 60_000;

let aws: LocalAws;
let sts: STSClient;
let iam: IAMClient;
let sessions: (string | undefined)[];

beforeEach(async () => {
  aws = await startLocalAws();
  sts = new STSClient();
  iam = new IAMClient({ credentials: { accessKeyId: account, secretAccessKey: 'test' } });
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: '000000000000' },
    Condition: { StringEquals: { 'sts:ExternalId': 'a-secret' } },
  };
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'writer',
      AssumeRolePolicyDocument: JSON.stringify({ Statement: statement }),
    }),
  );
  const allowed = { Effect: 'Allow', Action: ['ec2:CreateVpc', 'ec2:DescribeVpcs'], Resource: '*' };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'writer',
      PolicyName: 'makes-a-vpc',
      PolicyDocument: JSON.stringify({ Statement: allowed }),
    }),
  );
  sessions = [];
  sts.middlewareStack.add(
    (next) => (call) => {
      sessions.push((call.input as { RoleSessionName?: string }).RoleSessionName);
      return next(call);
    },
    { step: 'initialize' },
  );
});

afterEach(async () => {
  sts.destroy();
  iam.destroy();
  await aws.close();
});

const provider = (other: Partial<Role> = {}) =>
  assumedRole({ ...role, ...other }, { sts, now: () => aws.clock.now() });

describe('an assumed role', () => {
  it('is assumed once, also for calls at the same time, and again five minutes before it ends', async () => {
    const credentials = provider();
    const [first, second] = await Promise.all([credentials(), credentials()]);
    expect(first).toBe(second);
    await aws.clock.advance(54 * minutes);
    expect(await credentials()).toBe(first);
    await aws.clock.advance(1 * minutes);
    expect((await credentials()).accessKeyId).not.toBe(first?.accessKeyId);
    expect(sessions).toEqual(['albridge', 'albridge']);
  });

  it('names the session as it is told to', async () => {
    await provider({ sessionName: 'orders' })();
    expect(sessions).toEqual(['orders']);
  });

  it('that refuses says so, without the external id, and is asked again the next time', async () => {
    const credentials = provider({ externalId: 'another-secret' });
    await expect(credentials()).rejects.toMatchObject({
      code: 'role-refused',
      message: expect.stringMatching(
        /^sts:AssumeRole of 'arn:aws:iam::111122223333:role\/writer' failed: AccessDenied.*trust policy/,
      ),
    });
    await expect(credentials()).rejects.not.toThrow('secret');
    expect(sessions).toHaveLength(2);
  });

  it('is who its clients call as, in its own account', async () => {
    const clientsOf = clientsByReach({
      now: () => aws.clock.now(),
      wait: (milliseconds) => aws.clock.advance(milliseconds),
    });
    const { ec2 } = clientsOf('us-east-1', role);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }));
    expect(Vpc?.OwnerId).toBe(account);
    // The old session has ended, and would be nobody's.
    await aws.clock.advance(61 * minutes);
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [Vpc?.VpcId ?? ''] }));
    expect(Vpcs).toHaveLength(1);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'writer', PolicyName: 'makes-a-vpc' }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'writer' }));
    await aws.clock.advance(61 * minutes);
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ code: 'role-refused' });
    ec2.destroy();
  });
});
