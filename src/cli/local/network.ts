import {
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';

export interface LocalNetwork {
  vpcId: string;
  subnetIds: string[];
}

/** The network that the bridge is put into, as a team has one already: a VPC with a private subnet in two zones. */
export async function createNetwork(ec2: EC2Client, range: string = '10.0'): Promise<LocalNetwork> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: `${range}.0.0/16` }));
  const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
  const subnetIds: string[] = [];
  for (const [index, { ZoneName }] of AvailabilityZones.slice(0, 2).entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: Vpc?.VpcId,
        CidrBlock: `${range}.${index}.0/24`,
        AvailabilityZone: ZoneName,
      }),
    );
    subnetIds.push(Subnet?.SubnetId ?? '');
  }
  return { vpcId: Vpc?.VpcId ?? '', subnetIds };
}

/** Addresses for targets, each of an interface of its own, spread over the subnets. */
export async function createTargetAddresses(
  ec2: EC2Client,
  network: LocalNetwork,
  count: number,
): Promise<string[]> {
  const addresses: string[] = [];
  for (let index = 0; index < count; index++) {
    const { NetworkInterface } = await ec2.send(
      new CreateNetworkInterfaceCommand({
        SubnetId: network.subnetIds[index % network.subnetIds.length],
        Description: `target ${index + 1}`,
      }),
    );
    addresses.push(NetworkInterface?.PrivateIpAddress ?? '');
  }
  return addresses;
}
