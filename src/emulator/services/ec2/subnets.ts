import type { EC2, Subnet as SubnetDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { contains, overlaps, parseBlock } from '../../world/network/cidr.ts';
import { createSubnet } from '../../world/network/create-vpc.ts';
import { blocksOf, type Subnet } from '../../world/network/vpc.ts';
import { type Zone, zonesOf } from '../../world/network/zones.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

export const subnets: Operations<EC2> = {
  CreateSubnet(input, { cell }) {
    const vpc = find(cell.network.vpcs, input.VpcId, 'InvalidVpcID', 'vpc ID');
    const block = parseBlock(input.CidrBlock ?? '');
    if (!block || block.prefix > 28 || !blocksOf(vpc).some((held) => contains(held, block))) {
      throw new AwsError('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
    }
    const siblings = [...cell.network.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
    if (siblings.some((sibling) => overlaps(sibling.block, block))) {
      throw new AwsError(
        'InvalidSubnet.Conflict',
        `The CIDR '${input.CidrBlock}' conflicts with another subnet`,
      );
    }
    const availabilityZone = pickZone(cell, input.AvailabilityZone, input.AvailabilityZoneId).name;
    const subnet = createSubnet(cell.network, cell, { vpcId: vpc.id, block, availabilityZone });
    subnet.tags = specifiedTags(input.TagSpecifications);
    return { Subnet: describe(cell, subnet) };
  },
  DescribeSubnets(input, { cell }) {
    const asked = findAll(cell.network.subnets, input.SubnetIds, 'InvalidSubnetID', 'subnet ID');
    const matching = applyFilters(asked, input.Filters, {
      'subnet-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'availability-zone': ({ availabilityZone }) => [availabilityZone],
      availabilityZone: ({ availabilityZone }) => [availabilityZone],
      'cidr-block': ({ cidr }) => [cidr],
      'default-for-az': ({ defaultForAz }) => [String(defaultForAz)],
      'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
      state: () => ['available'],
    });
    const { items, nextToken } = page(matching, input);
    return { Subnets: items.map((subnet) => describe(cell, subnet)), NextToken: nextToken };
  },
  DeleteSubnet({ SubnetId }, { cell }) {
    const subnet = find(cell.network.subnets, SubnetId, 'InvalidSubnetID', 'subnet ID');
    if ([...cell.network.interfaces.values()].some(({ subnetId }) => subnetId === subnet.id)) {
      throw new AwsError(
        'DependencyViolation',
        `The subnet '${subnet.id}' has dependencies and cannot be deleted.`,
      );
    }
    cell.network.subnets.delete(subnet.id);
    for (const { associations } of cell.network.routeTables.values()) {
      for (const [id, subnetId] of associations) if (subnetId === subnet.id) associations.delete(id);
    }
    return {};
  },
  ModifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch }, { cell }) {
    const subnet = find(cell.network.subnets, SubnetId, 'InvalidSubnetID', 'subnet ID');
    subnet.mapPublicIpOnLaunch = MapPublicIpOnLaunch?.Value ?? subnet.mapPublicIpOnLaunch;
    return {};
  },
  DescribeAvailabilityZones({ ZoneNames }, { cell }) {
    const asked = zonesOf(cell.region).filter(({ name }) => ZoneNames?.includes(name) ?? true);
    return {
      AvailabilityZones: asked.map((zone) => ({
        ZoneName: zone.name,
        ZoneId: zone.id,
        RegionName: cell.region,
        GroupName: cell.region,
        ZoneType: 'availability-zone',
        State: 'available',
        OptInStatus: 'opt-in-not-required',
        NetworkBorderGroup: cell.region,
        Messages: [],
      })),
    };
  },
};

function pickZone(cell: Cell, name: string | undefined, id: string | undefined): Zone {
  const zones = zonesOf(cell.region);
  if (name === undefined && id === undefined) return zones[0] as Zone;
  const zone = zones.find((candidate) => candidate.name === name || candidate.id === id);
  if (!zone) {
    const known = zones.map((candidate) => candidate.name).join(', ');
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name ?? id}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${known}.`,
    );
  }
  return zone;
}

function describe(cell: Cell, subnet: Subnet): SubnetDescription {
  return {
    SubnetId: subnet.id,
    SubnetArn: subnet.arn,
    VpcId: subnet.vpcId,
    OwnerId: cell.account,
    CidrBlock: subnet.cidr,
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: zonesOf(cell.region).find(({ name }) => name === subnet.availabilityZone)?.id,
    AvailableIpAddressCount: cell.network.freeAddresses(subnet),
    DefaultForAz: subnet.defaultForAz,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    State: 'available',
    Tags: writeTags(subnet.tags),
  };
}
