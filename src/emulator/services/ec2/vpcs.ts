import type { EC2, Vpc as VpcDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { parseBlock } from '../../world/network/cidr.ts';
import { createVpc } from '../../world/network/create-vpc.ts';
import type { Network } from '../../world/network/network.ts';
import type { Vpc } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';
import { associate, ipv4Associations, ipv6Associations, newIpv6Block } from './vpc-cidr-blocks.ts';

export const vpcs: Operations<EC2> = {
  CreateVpc({ CidrBlock = '', AmazonProvidedIpv6CidrBlock, TagSpecifications }, { cell }) {
    const block = parseBlock(CidrBlock);
    if (!block || block.prefix < 16 || block.prefix > 28) {
      throw new AwsError('InvalidVpc.Range', `The CIDR '${CidrBlock}' is invalid.`);
    }
    const vpc = createVpc(cell.network, block);
    if (AmazonProvidedIpv6CidrBlock) associate(cell.network, vpc, newIpv6Block(cell.network));
    vpc.tags = specifiedTags(TagSpecifications);
    return { Vpc: describe(vpc, cell.account) };
  },
  DescribeVpcs(input, { cell }) {
    const asked = findAll(cell.network.vpcs, input.VpcIds, 'InvalidVpcID', 'vpc ID');
    const matching = applyFilters(asked, input.Filters, {
      'vpc-id': ({ id }) => [id],
      cidr: ({ cidr }) => [cidr],
      'cidr-block-association.cidr-block': (vpc) => ipv4Associations(vpc).map(({ CidrBlock }) => CidrBlock),
      'is-default': ({ isDefault }) => [String(isDefault)],
      isDefault: ({ isDefault }) => [String(isDefault)],
      state: () => ['available'],
      'owner-id': () => [cell.account],
    });
    const { items, nextToken } = page(matching, input);
    return { Vpcs: items.map((vpc) => describe(vpc, cell.account)), NextToken: nextToken };
  },
  DeleteVpc({ VpcId }, { cell }) {
    const vpc = find(cell.network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    if (inUse(cell.network, vpc)) {
      throw new AwsError(
        'DependencyViolation',
        `The vpc '${vpc.id}' has dependencies and cannot be deleted.`,
      );
    }
    for (const things of [cell.network.securityGroups, cell.network.routeTables, cell.network.networkAcls]) {
      for (const [id, thing] of things) if (thing.vpcId === vpc.id) things.delete(id);
    }
    cell.network.vpcs.delete(vpc.id);
    return {};
  },
  ModifyVpcAttribute({ VpcId, EnableDnsHostnames, EnableDnsSupport }, { cell }) {
    const vpc = find(cell.network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    vpc.enableDnsHostnames = EnableDnsHostnames?.Value ?? vpc.enableDnsHostnames;
    vpc.enableDnsSupport = EnableDnsSupport?.Value ?? vpc.enableDnsSupport;
    return {};
  },
  DescribeVpcAttribute({ VpcId, Attribute }, { cell }) {
    const vpc = find(cell.network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    if (Attribute === 'enableDnsSupport')
      return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.enableDnsSupport } };
    if (Attribute === 'enableDnsHostnames') {
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
    }
    return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: false } };
  },
};

function inUse(network: Network, vpc: Vpc): boolean {
  const held = [
    ...network.subnets.values(),
    ...network.interfaces.values(),
    ...network.internetGateways.values(),
    ...[...network.routeTables.values()].filter(({ main }) => !main),
    ...[...network.securityGroups.values()].filter(({ name }) => name !== 'default'),
    ...[...network.networkAcls.values()].filter(({ isDefault }) => !isDefault),
    ...network.vpcEndpoints.values(),
  ];
  return held.some(({ vpcId }) => vpcId === vpc.id);
}

function describe(vpc: Vpc, account: string): VpcDescription {
  return {
    VpcId: vpc.id,
    OwnerId: account,
    CidrBlock: vpc.cidr,
    CidrBlockAssociationSet: ipv4Associations(vpc),
    Ipv6CidrBlockAssociationSet: ipv6Associations(vpc),
    DhcpOptionsId: 'default',
    InstanceTenancy: 'default',
    IsDefault: vpc.isDefault,
    State: 'available',
    Tags: writeTags(vpc.tags),
  };
}
