import { AssociateVpcCidrBlockCommand } from '@aws-sdk/client-ec2';
import { DeregisterTargetsCommand, type TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { parseConfig } from '../config/parse-config.ts';
import { type KeptZones, keptZones } from '../sinks/kept-zones.ts';
import { run } from './run.ts';

const address = '10.9.0.1';
const port = 80;

let aws: LocalAws;
let groupArn: string;
let otherArn: string;

/** Two groups, and a role that may not read what ranges their VPC has: each zone is a guess. */
beforeEach(async () => {
  aws = await startLocalAws();
  groupArn = await aws.targetGroup('group');
  otherArn = await aws.targetGroup('other');
  aws.clients.ec2.middlewareStack.add(
    (next, context) => (call) => {
      if (context.commandName !== 'DescribeVpcsCommand') return next(call);
      throw Object.assign(new Error('you are not authorized'), { name: 'UnauthorizedOperation' });
    },
    { step: 'initialize', name: 'unauthorized' },
  );
});

afterEach(() => aws.close());

/** The zones that a pass sends for the address, call by call. */
async function pass(kept?: KeptZones, arn = groupArn): Promise<string[]> {
  await aws.clients.elbv2.send(
    new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: address, Port: port }] }),
  );
  await aws.clock.advance(600_000);
  aws.calls.length = 0;
  const source = { type: 'static', addresses: [address] };
  const binding = {
    name: 'one',
    source,
    sink: { type: 'target-group', arn, port },
    policy: { mode: 'sync' },
  };
  const [outcome] = await run(parseConfig({ bindings: [binding] }, 'the test'), {
    clientsOf: () => aws.clients,
    resolve: aws.resolve,
    wait: (milliseconds) => aws.clock.advance(milliseconds),
    now: () => aws.clock.now(),
    write: () => {},
    ...(kept && { keptZones: kept }),
  });
  expect(outcome).toMatchObject({ added: [address], errors: [] });
  return aws.calls
    .filter(({ operation }) => operation === 'RegisterTargets')
    .flatMap(({ input }) => (input as { Targets: TargetDescription[] }).Targets)
    .map(({ AvailabilityZone = 'none' }) => AvailabilityZone);
}

describe('a zone that AWS corrected (FM11)', () => {
  it('is sent straight away in the next pass, of this group and no other', async () => {
    const kept = keptZones();
    expect(await pass(kept)).toEqual(['none', 'all']);
    expect(await pass(kept)).toEqual(['all']);
    expect(await pass(kept, otherArn)).toEqual(['none', 'all']);
  });

  it('is corrected again once it is wrong, and that is kept too', async () => {
    const kept = keptZones();
    await pass(kept);
    const range = { VpcId: aws.vpcId, CidrBlock: '10.9.0.0/16' };
    await aws.clients.ec2.send(new AssociateVpcCidrBlockCommand(range));
    expect(await pass(kept)).toEqual(['all', 'none']);
    expect(await pass(kept)).toEqual(['none']);
  });

  it('is corrected in every pass where nothing keeps it', async () => {
    expect(await pass()).toEqual(['none', 'all']);
    expect(await pass()).toEqual(['none', 'all']);
  });
});
