import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';
import { createInterface } from '../../world/network/network-interface.ts';
import type { Subnet } from '../../world/network/vpc.ts';

let local: Emulator;
let ec2: EC2Client;
let subnet: Subnet;

beforeEach(async () => {
  local = await startEmulator({ clock: steppedClock(), port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2Client({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  subnet = [...local.cell().network.subnets.values()][0] as Subnet;
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

function populate(count: number): void {
  const { network, account } = local.cell();
  for (let index = 0; index < count; index++) {
    const address = `172.31.${8 + Math.floor(index / 250)}.${index % 250}`;
    createInterface(network, { account, subnet, description: 'many', securityGroupIds: [], address });
  }
}

const count = async (input: object): Promise<number> => {
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand(input));
  return NetworkInterfaces.length;
};

const filter = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });

describe('an account with 1,000 interfaces', () => {
  it('gets all of them in one answer', async () => {
    populate(1000);
    expect(await count({})).toBe(1000);
  });
});

describe('an account with more', () => {
  beforeEach(() => populate(1001));

  it.each([
    { name: 'neither pages nor filters', input: () => ({}) },
    { name: 'filters by what AWS does not look up by', input: () => filter('description', 'many') },
  ])('is refused when it $name', async ({ input }) => {
    await expect(count(input())).rejects.toMatchObject({ name: 'OperationNotPermitted' });
  });

  it.each([
    { name: 'pages', input: () => ({ MaxResults: 1000 }), want: 1000 },
    { name: 'filters by VPC, and gets all at once', input: () => filter('vpc-id', subnet.vpcId), want: 1001 },
    { name: 'filters by address', input: () => filter('private-ip-address', '172.31.8.7'), want: 1 },
    {
      name: 'names interfaces',
      input: () => ({ NetworkInterfaceIds: [[...local.cell().network.interfaces.keys()][0]] }),
      want: 1,
    },
  ])('is answered when it $name', async ({ input, want }) => {
    expect(await count(input())).toBe(want);
  });
});

it.each([
  { name: 'pages of fewer than 5', input: { MaxResults: 4 }, code: 'InvalidParameterValue' },
  { name: 'pages of more than 1,000', input: { MaxResults: 1001 }, code: 'InvalidParameterValue' },
  { name: 'a token of nobody’s', input: { NextToken: 'mine' }, code: 'InvalidNextToken' },
  {
    name: 'pages of named interfaces',
    input: { MaxResults: 5, NetworkInterfaceIds: ['eni-1'] },
    code: 'InvalidParameterCombination',
  },
  {
    name: 'an interface that is not there',
    input: { NetworkInterfaceIds: ['eni-1'] },
    code: 'InvalidNetworkInterfaceID.NotFound',
  },
])('refuses $name', async ({ input, code }) => {
  await expect(count(input)).rejects.toMatchObject({ name: code });
});
