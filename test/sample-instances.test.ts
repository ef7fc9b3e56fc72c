import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterEach, expect, it } from 'vitest';
import { awsClients } from '../src/cli/local/aws-clients.ts';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { startLocalAws } from '../src/cli/local/start-local-aws.ts';
import { until } from './until.ts';

const closing: Closing = [];
afterEach(() => closeAll(closing));

it('makes sample targets of instances, as long as they run', async () => {
  const local = await startLocalAws({ port: 0, apiPort: 0, timeScale: 100, loopback: 'auto' }, closing);
  const { close, ec2 } = awsClients(local.endpoint);
  closing.push(() => close());
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
  );
  const { InstanceId = '', PrivateIpAddress: address = '' } = launched ?? {};
  const { hosts, machines, network } = local.cell();
  await until(machines.changes, () => network.instances.get(InstanceId)?.state === 'running');
  const [host] = hosts.all;
  const answer = await fetch(`http://127.0.0.1:${host?.forwardTo.port}/hello`);
  expect(await answer.json()).toMatchObject({
    message: `hello from ${InstanceId}`,
    hops: { target: address },
  });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  expect(hosts.all.size).toBe(0);
});
