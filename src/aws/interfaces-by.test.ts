import {
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type Filter,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interfacesByAddress, interfacesByDescription } from './interfaces-by.ts';
import { type LocalAws, startLocalAws } from './testing/local-aws.ts';

let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws();
});

afterEach(() => aws.close());

async function createInterface(description: string, address: string, subnetId = aws.subnetIds[0]) {
  const input = { SubnetId: subnetId, Description: description, PrivateIpAddress: address };
  await aws.clients.ec2.send(new CreateNetworkInterfaceCommand(input));
}

/** Another VPC with the same range, as there are in other teams' networks. */
async function twin(): Promise<{ vpcId: string; subnetId: string }> {
  const { ec2 } = aws.clients;
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: '10.0.0.0/24' }));
  return { vpcId, subnetId: Subnet?.SubnetId ?? '' };
}

const described = (description: string, vpcId = aws.vpcId) =>
  interfacesByDescription(aws.clients.ec2, { vpcId, description });
const holding = (address: string, vpcId = aws.vpcId) =>
  interfacesByAddress(aws.clients.ec2, { vpcId, address });

const told = (found: readonly NetworkInterface[]) =>
  found.map(({ Description, PrivateIpAddress, VpcId }) => `${Description} ${PrivateIpAddress} ${VpcId}`);

/** How many values of each filter each listing was sent with. */
const filterSizes = () =>
  aws.calls
    .filter(({ operation }) => operation === 'DescribeNetworkInterfaces')
    .map(({ input }) => (input as { Filters: Filter[] }).Filters.map(({ Values = [] }) => Values.length));

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `ELB app/web-${index}/0`);

describe('interfaces asked for together', () => {
  it.each([
    { count: 199, want: [[199, 1]] },
    {
      count: 200,
      want: [
        [199, 1],
        [1, 1],
      ],
    },
    {
      count: 450,
      want: [
        [199, 1],
        [199, 1],
        [52, 1],
      ],
    },
  ])('by $count descriptions take $want.length listings, and 200 values in each (FM21)', async (row) => {
    const descriptions = numbered(row.count);
    const [first = '', last = ''] = [descriptions[0], descriptions.at(-1)];
    await createInterface(first, '10.0.0.10');
    await createInterface(last, '10.0.0.11');
    const found = await Promise.all(descriptions.map((description) => described(description)));
    expect(filterSizes()).toEqual(row.want);
    expect(told(found.flat())).toEqual([`${first} 10.0.0.10 ${aws.vpcId}`, `${last} 10.0.0.11 ${aws.vpcId}`]);
    expect([found[0], found.at(-1)].map((held) => held?.length)).toEqual([1, 1]);
  });

  it('by addresses of more than a listing takes, each with its holder', async () => {
    await createInterface('first', '10.0.0.10');
    await createInterface('last', '10.0.0.250');
    const asked = Array.from({ length: 241 }, (_, index) => `10.0.0.${index + 10}`);
    const found = await Promise.all(asked.map((address) => holding(address)));
    expect(filterSizes()).toEqual([
      [199, 1],
      [42, 1],
    ]);
    expect(found.map((held) => held.length)).toEqual([1, ...Array.from({ length: 239 }, () => 0), 1]);
  });

  it('in two VPCs are one listing, and nobody is given what is in the other (FM4)', async () => {
    const other = await twin();
    await createInterface('both', '10.0.0.10');
    await createInterface('both', '10.0.0.20', other.subnetId);
    await createInterface('only there', '10.0.0.30', other.subnetId);
    const [here, there, missing, nowhere] = await Promise.all([
      described('both'),
      described('both', other.vpcId),
      described('only there'),
      described('nowhere', other.vpcId),
    ]);
    expect(filterSizes()).toEqual([[3, 2]]);
    expect(told(here)).toEqual([`both 10.0.0.10 ${aws.vpcId}`]);
    expect(told(there)).toEqual([`both 10.0.0.20 ${other.vpcId}`]);
    expect([missing, nowhere]).toEqual([[], []]);
  });

  it('by an address that two VPCs have are told apart (FM4)', async () => {
    const other = await twin();
    await createInterface('here', '10.0.0.10');
    await createInterface('there', '10.0.0.10', other.subnetId);
    const [here, there] = await Promise.all([holding('10.0.0.10'), holding('10.0.0.10', other.vpcId)]);
    expect([told(here), told(there)]).toEqual([
      [`here 10.0.0.10 ${aws.vpcId}`],
      [`there 10.0.0.10 ${other.vpcId}`],
    ]);
    expect(filterSizes()).toEqual([[1, 2]]);
  });

  it('in more VPCs than descriptions fit with are split, VPC by VPC', async () => {
    const vpcs = Array.from({ length: 150 }, (_, index) => `vpc-${index}`);
    await Promise.all(vpcs.map((vpcId) => described('ELB app/web/0', vpcId)));
    expect(filterSizes().map(([, vpcsAsked]) => vpcsAsked)).toEqual([100, 50]);
  });

  it('by what EC2 takes for a pattern are none but those with just that description (FM4)', async () => {
    await createInterface('ELB app/web/1', '10.0.0.10');
    await createInterface('ELB app/*/1', '10.0.0.11');
    const [pattern, one] = await Promise.all([described('ELB app/*/1'), described('ELB app/???/1')]);
    expect(told(pattern)).toEqual([`ELB app/*/1 10.0.0.11 ${aws.vpcId}`]);
    expect(one).toEqual([]);
  });
});
