import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import type { CredentialsProvider } from './assumed-role.ts';
import { type AwsClients, createClients } from './clients.ts';
import { clientsByReach } from './clients-by-reach.ts';

const wait = () => Promise.reject(new Error('nothing is called'));

const credentials: CredentialsProvider = Object.assign(
  async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
  { memoized: true as const },
);

/** Clients whose calls are answered before they are sent. */
function answering(region?: string): AwsClients {
  const clients = createClients(region, credentials);
  clients.elbv2.middlewareStack.add(
    () => async () => ({ output: { $metadata: {}, TargetGroups: [] }, response: {} }),
    { step: 'finalizeRequest', priority: 'low', name: 'answering' },
  );
  return clients;
}

const describeGroups = ({ elbv2 }: AwsClients) => elbv2.send(new DescribeTargetGroupsCommand({}));

describe('clientsByReach', () => {
  const role = { arn: 'arn:aws:iam::111122223333:role/writer' };

  it('makes clients once for each region and role', () => {
    const clientsOf = clientsByReach({ now: () => 0, wait, region: 'us-east-1' });
    const reaches = [
      clientsOf(undefined),
      clientsOf('eu-west-1'),
      clientsOf('eu-west-1', role),
      clientsOf('eu-west-1', { ...role, externalId: 'one' }),
      clientsOf('eu-west-1', { ...role, externalId: 'two' }),
    ];
    expect(new Set(reaches).size).toBe(5);
    expect(clientsOf('us-east-1')).toBe(reaches[0]);
    expect(clientsOf('eu-west-1')).toBe(reaches[1]);
    expect(clientsOf('eu-west-1', { ...role, externalId: 'two' })).toBe(reaches[4]);
  });

  it.each([
    { name: 'a role of its account', account: '111122223333', arn: role.arn, shared: true },
    { name: 'a role of another account', account: '444455556666', arn: role.arn, shared: false },
    { name: 'any role while its account is not known', account: undefined, arn: role.arn, shared: false },
  ])("the environment's calls and $name: one bucket is $shared", async ({ account, arn, shared }) => {
    const waits: number[] = [];
    const waiting = async (milliseconds: number) => void waits.push(milliseconds);
    const clientsOf = clientsByReach({ now: () => 0, wait: waiting, account, create: answering });
    await Promise.all(Array.from({ length: 20 }, () => describeGroups(clientsOf('eu-west-1'))));
    expect(waits).toEqual([]);
    await describeGroups(clientsOf('eu-west-1', { arn }));
    expect(waits).toEqual(shared ? [200] : []);
  });
});
