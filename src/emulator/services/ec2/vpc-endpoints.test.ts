import {
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { type Emulator, startEmulator } from '../../emulator.ts';

const serviceName = 'com.amazonaws.us-east-1.execute-api';
let clock: SteppedClock;
let local: Emulator;
let ec2: EC2Client;
let vpcId: string;
let subnetIds: string[];

beforeEach(async () => {
  clock = steppedClock();
  local = await startEmulator({ clock, port: 0, dataPlane: false, seed: 1 });
  ec2 = new EC2Client({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  vpcId = Vpc?.VpcId ?? '';
  subnetIds = [
    await createSubnet('10.0.0.0/24', 'us-east-1a'),
    await createSubnet('10.0.1.0/24', 'us-east-1b'),
  ];
});

afterEach(async () => {
  ec2.destroy();
  await local.close();
});

async function createSubnet(CidrBlock: string, AvailabilityZone: string): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone }));
  return Subnet?.SubnetId ?? '';
}

async function create(other: Partial<CreateVpcEndpointCommandInput> = {}): Promise<string> {
  const input = {
    VpcId: vpcId,
    ServiceName: serviceName,
    VpcEndpointType: 'Interface',
    SubnetIds: subnetIds,
  } as const;
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ ...input, ...other }));
  return VpcEndpoint?.VpcEndpointId ?? '';
}

async function find(id: string): Promise<VpcEndpoint | undefined> {
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  return VpcEndpoints?.[0];
}

async function interfaces(id: string) {
  const Filters = [{ Name: 'description', Values: [`VPC Endpoint Interface ${id}`] }];
  const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return NetworkInterfaces ?? [];
}

describe('an interface endpoint', () => {
  it('has an interface in each subnet, and is available after a while', async () => {
    const id = await create();
    expect(await find(id)).toMatchObject({ State: 'pending', VpcEndpointType: 'Interface', VpcId: vpcId });
    await clock.advance(60_000);
    const found = await find(id);
    expect(found?.State).toBe('available');
    const held = await interfaces(id);
    expect(held).toHaveLength(2);
    for (const each of held) expect(each).toMatchObject({ Status: 'in-use', InterfaceType: 'vpc_endpoint' });
    expect(new Set(held.map(({ SubnetId }) => SubnetId))).toEqual(new Set(subnetIds));
    const ids = held.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
    expect(new Set(found?.NetworkInterfaceIds)).toEqual(new Set(ids));
    expect(found?.Groups).toMatchObject([{ GroupName: 'default' }]);
  });

  it('moves with its subnets', async () => {
    const [kept = '', left = ''] = subnetIds;
    const id = await create({ SubnetIds: [left] });
    const change = { VpcEndpointId: id, AddSubnetIds: [kept], RemoveSubnetIds: [left] };
    await ec2.send(new ModifyVpcEndpointCommand(change));
    expect((await interfaces(id)).map(({ SubnetId }) => SubnetId)).toEqual([kept]);
    expect((await find(id))?.SubnetIds).toEqual([kept]);
  });

  it('goes with its interfaces', async () => {
    const id = await create();
    const { Unsuccessful } = await ec2.send(
      new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id, 'vpce-0'] }),
    );
    expect(Unsuccessful).toEqual([
      {
        ResourceId: 'vpce-0',
        Error: {
          Code: 'InvalidVpcEndpointId.NotFound',
          Message: "The Vpc Endpoint Id 'vpce-0' does not exist",
        },
      },
    ]);
    expect(await interfaces(id)).toEqual([]);
    await expect(find(id)).rejects.toMatchObject({ name: 'InvalidVpcEndpointId.NotFound' });
  });

  it('is found by filters and tags', async () => {
    const id = await create();
    await create({ VpcEndpointType: 'Gateway', SubnetIds: undefined });
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'role', Value: 'api' }] }));
    const Filters = [
      { Name: 'tag:role', Values: ['api'] },
      { Name: 'service-name', Values: [serviceName] },
    ];
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
    expect(VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual([id]);
  });

  it.each([
    {
      name: 'a subnet that does not exist',
      other: { SubnetIds: ['subnet-0'] },
      want: 'InvalidSubnetID.NotFound',
    },
    {
      name: 'a group that does not exist',
      other: { SecurityGroupIds: ['sg-0'] },
      want: 'InvalidGroup.NotFound',
    },
    { name: 'a vpc that does not exist', other: { VpcId: 'vpc-0' }, want: 'InvalidVpcID.NotFound' },
    {
      name: 'a type that is not there',
      other: { VpcEndpointType: 'Resource' as const },
      want: 'InvalidParameter',
    },
  ])('is refused with $name', async ({ other, want }) => {
    await expect(create(other)).rejects.toMatchObject({ name: want });
  });

  it('is refused two subnets of one zone', async () => {
    const second = await createSubnet('10.0.2.0/24', 'us-east-1a');
    const twice = create({ SubnetIds: [...subnetIds, second] });
    await expect(twice).rejects.toMatchObject({ name: 'DuplicateSubnetsInSameZone' });
  });

  it('is refused a second subnet of a zone that it is in', async () => {
    const second = await createSubnet('10.0.2.0/24', 'us-east-1a');
    const change = { VpcEndpointId: await create(), AddSubnetIds: [second] };
    const added = ec2.send(new ModifyVpcEndpointCommand(change));
    await expect(added).rejects.toMatchObject({ name: 'DuplicateSubnetsInSameZone' });
  });
});

describe('a gateway endpoint', () => {
  it('has no interfaces, and is available at once', async () => {
    const id = await create({ VpcEndpointType: 'Gateway', SubnetIds: undefined, RouteTableIds: ['rtb-1'] });
    const want = { State: 'available', NetworkInterfaceIds: [], RouteTableIds: ['rtb-1'] };
    expect(await find(id)).toMatchObject(want);
    await expect(create({ VpcEndpointType: 'Gateway' })).rejects.toMatchObject({ name: 'InvalidParameter' });
  });
});
