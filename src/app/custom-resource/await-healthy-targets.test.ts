import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../../aws/testing/local-aws.ts';
import { awaitHealthyTargets } from './await-healthy-targets.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
});
afterEach(() => aws.close());

/** A listener of an NLB to an empty group, and an ALB that serves. */
async function emptyGroup(): Promise<string> {
  const alb = await aws.loadBalancer('orders', 'application');
  await aws.listen(alb);
  const group = await aws.targetGroup('edge');
  await aws.listen(await aws.loadBalancer('edge', 'network'), 80, group);
  for (const held of aws.world.network.securityGroups.values()) {
    await aws.clients.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: held.id,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
        ],
      }),
    );
  }
  return group;
}

const wait = (milliseconds: number): Promise<void> => aws.clock.advance(milliseconds);

it('resolves once a target is healthy, and none is on its way', async () => {
  const targetGroupArn = await emptyGroup();
  const Targets = aws.nodes('orders').map((Id) => ({ Id, Port: 80 }));
  let registered = false;
  const healthy = await awaitHealthyTargets({
    clients: aws.clients,
    patience: 600_000,
    targetGroupArn,
    async wait(milliseconds) {
      if (!registered)
        await aws.clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
      registered = true;
      await wait(milliseconds);
    },
  });
  expect(healthy).toBe(Targets.length);
  expect(await aws.targets(targetGroupArn)).toEqual(Targets.map(({ Id }) => `${Id}:80 healthy`));
});

it('says what it saw when patience ends', async () => {
  const targetGroupArn = await emptyGroup();
  await expect(
    awaitHealthyTargets({ clients: aws.clients, patience: 60_000, targetGroupArn, wait }),
  ).rejects.toThrow(`no healthy target in '${targetGroupArn}' after 60 s (no target is registered)`);
});
