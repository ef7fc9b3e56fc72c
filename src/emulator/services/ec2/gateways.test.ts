import { EC2 } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

let clock: SteppedClock;
let local: Emulator;
let ec2: EC2;
let VpcId: string;
let SubnetId: string;
let InternetGatewayId: string;
let RouteTableId: string;

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  VpcId = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';
  SubnetId = (await ec2.createSubnet({ VpcId, CidrBlock: '10.0.0.0/24' })).Subnet?.SubnetId ?? '';
  RouteTableId = (await ec2.createRouteTable({ VpcId })).RouteTable?.RouteTableId ?? '';
  InternetGatewayId = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId ?? '';
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

async function natGateway(): Promise<{ NatGatewayId: string; AllocationId: string }> {
  const { AllocationId = '' } = await ec2.allocateAddress({ Domain: 'vpc' });
  const { NatGateway } = await ec2.createNatGateway({ SubnetId, AllocationId });
  return { NatGatewayId: NatGateway?.NatGatewayId ?? '', AllocationId };
}

const stateOf = async (id: string) =>
  (await ec2.describeNatGateways({ NatGatewayIds: [id] })).NatGateways?.[0]?.State;

const route = async (DestinationCidrBlock: string) => {
  const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
  return RouteTables?.[0]?.Routes?.find((held) => held.DestinationCidrBlock === DestinationCidrBlock);
};

const everywhere = '0.0.0.0/0';

describe('a NAT gateway', () => {
  it('has an interface with the Elastic IP address, and is available after a while', async () => {
    const { NatGatewayId, AllocationId } = await natGateway();
    expect(await stateOf(NatGatewayId)).toBe('pending');
    await clock.advance(120_000);
    expect(await stateOf(NatGatewayId)).toBe('available');
    const { Addresses } = await ec2.describeAddresses({ AllocationIds: [AllocationId] });
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({
      Filters: [{ Name: 'interface-type', Values: ['nat_gateway'] }],
    });
    expect(NetworkInterfaces).toMatchObject([
      { Description: `Interface for NAT Gateway ${NatGatewayId}`, SubnetId, RequesterManaged: true },
    ]);
    expect(NetworkInterfaces?.[0]?.Association?.PublicIp).toBe(Addresses?.[0]?.PublicIp);
    await expect(ec2.releaseAddress({ AllocationId })).rejects.toMatchObject({
      name: 'InvalidIPAddress.InUse',
    });
  });

  it('gives its address back when it is gone, and is remembered for an hour', async () => {
    const { NatGatewayId, AllocationId } = await natGateway();
    await clock.advance(120_000);
    await ec2.deleteNatGateway({ NatGatewayId });
    expect(await stateOf(NatGatewayId)).toBe('deleting');
    await clock.advance(120_000);
    expect(await stateOf(NatGatewayId)).toBe('deleted');
    await ec2.releaseAddress({ AllocationId });
    await ec2.deleteSubnet({ SubnetId });
    await clock.advance(3_600_000);
    await expect(stateOf(NatGatewayId)).rejects.toMatchObject({ name: 'NatGatewayNotFound' });
  });

  it('is where a route leads, until it is gone', async () => {
    const { NatGatewayId } = await natGateway();
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: everywhere, NatGatewayId });
    expect(await route(everywhere)).toMatchObject({ NatGatewayId, State: 'active', Origin: 'CreateRoute' });
    await ec2.deleteNatGateway({ NatGatewayId });
    expect(await route(everywhere)).toMatchObject({ NatGatewayId, State: 'blackhole' });
    await ec2.replaceRoute({ RouteTableId, DestinationCidrBlock: everywhere, GatewayId: InternetGatewayId });
    expect(await route(everywhere)).toMatchObject({ GatewayId: InternetGatewayId, State: 'active' });
  });

  it('needs an internet gateway', async () => {
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
    await expect(natGateway()).rejects.toMatchObject({ name: 'Gateway.NotAttached' });
  });
});

it('an account holds five Elastic IP addresses, all different', async () => {
  const held = await Promise.all(Array.from({ length: 5 }, () => ec2.allocateAddress({})));
  expect(new Set(held.map(({ PublicIp }) => PublicIp)).size).toBe(5);
  await expect(ec2.allocateAddress({})).rejects.toMatchObject({ name: 'AddressLimitExceeded' });
});

it('an account tells its quotas and its default VPC', async () => {
  const { AccountAttributes = [] } = await ec2.describeAccountAttributes({
    AttributeNames: ['default-vpc', 'supported-platforms'],
  });
  const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
  expect(
    AccountAttributes.map(({ AttributeName, AttributeValues }) => [
      AttributeName,
      AttributeValues?.[0]?.AttributeValue,
    ]),
  ).toEqual([
    ['default-vpc', Vpcs?.[0]?.VpcId],
    ['supported-platforms', 'VPC'],
  ]);
});

it('an internet gateway stays while its VPC has public addresses', async () => {
  await natGateway();
  await expect(ec2.detachInternetGateway({ InternetGatewayId, VpcId })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
});

describe('a route', () => {
  it.each([
    {
      name: 'to a gateway that is not there',
      target: { GatewayId: 'igw-1' },
      code: 'InvalidInternetGatewayID.NotFound',
    },
    {
      name: 'to a NAT gateway that is not there',
      target: { NatGatewayId: 'nat-1' },
      code: 'InvalidNatGatewayID.NotFound',
    },
    {
      name: 'to a peering that is not there',
      target: { VpcPeeringConnectionId: 'pcx-1' },
      code: 'InvalidVpcPeeringConnectionID.NotFound',
    },
    { name: 'to nowhere', target: {}, code: 'MissingParameter' },
    { name: 'from no block', target: { DestinationCidrBlock: '10.0.0.1/8' }, code: 'InvalidParameterValue' },
    {
      name: 'in place of the local one',
      target: { DestinationCidrBlock: '10.0.0.0/16' },
      code: 'RouteAlreadyExists',
    },
  ])('$name is refused', async ({ target, code }) => {
    const asked = { RouteTableId, DestinationCidrBlock: everywhere, ...target };
    await expect(ec2.createRoute(asked)).rejects.toMatchObject({ name: code });
  });

  it('leads from IPv6 blocks and prefix lists too', async () => {
    const { PrefixList } = await ec2.createManagedPrefixList({
      PrefixListName: 'far',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
    });
    const DestinationPrefixListId = PrefixList?.PrefixListId;
    await ec2.createRoute({ RouteTableId, DestinationIpv6CidrBlock: '::/0', GatewayId: InternetGatewayId });
    await ec2.createRoute({ RouteTableId, DestinationPrefixListId, GatewayId: InternetGatewayId });
    const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
    expect(RouteTables?.[0]?.Routes?.slice(1)).toMatchObject([
      { DestinationIpv6CidrBlock: '::/0' },
      { DestinationPrefixListId },
    ]);
  });

  it('within the VPC cannot be deleted', async () => {
    await expect(
      ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '10.0.0.0/16' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('a subnet', () => {
  it('has one route table at a time, and moves to another', async () => {
    const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId });
    const other = (await ec2.createRouteTable({ VpcId })).RouteTable?.RouteTableId ?? '';
    await expect(ec2.associateRouteTable({ RouteTableId: other, SubnetId })).rejects.toMatchObject({
      name: 'Resource.AlreadyAssociated',
    });
    await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: other });
    const { RouteTables } = await ec2.describeRouteTables({
      Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }],
    });
    expect(RouteTables?.map((table) => table.RouteTableId)).toEqual([other]);
  });
});

it('another route table becomes the main one, and the first may go then', async () => {
  const isMain = { Name: 'association.main', Values: ['true'] };
  const ofVpc = { Name: 'vpc-id', Values: [VpcId] };
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [isMain, ofVpc] });
  const first = RouteTables?.[0];
  await expect(ec2.deleteRouteTable({ RouteTableId: first?.RouteTableId })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const AssociationId = first?.Associations?.[0]?.RouteTableAssociationId;
  await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId });
  await ec2.deleteRouteTable({ RouteTableId: first?.RouteTableId });
  const after = await ec2.describeRouteTables({ Filters: [isMain, ofVpc] });
  expect(after.RouteTables?.map((table) => table.RouteTableId)).toEqual([RouteTableId]);
});
