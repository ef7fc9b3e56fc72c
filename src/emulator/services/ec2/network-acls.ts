import type {
  NetworkAcl as AclDescription,
  EC2,
  NetworkAclEntry as EntryDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { createNetworkAcl, type NetworkAcl, type NetworkAclEntry } from '../../world/network/network-acl.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

const notFound = ['InvalidNetworkAclID', 'networkAcl ID'] as const;

export const networkAcls: Operations<EC2> = {
  CreateNetworkAcl({ VpcId, TagSpecifications }, { cell }) {
    const vpc = find(cell.network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    const acl = createNetworkAcl(cell.network, { vpcId: vpc.id, isDefault: false });
    acl.tags = specifiedTags(TagSpecifications);
    return { NetworkAcl: describe(cell, acl) };
  },
  DescribeNetworkAcls(input, { cell }) {
    const asked = findAll(cell.network.networkAcls, input.NetworkAclIds, ...notFound);
    const matching = applyFilters(asked, input.Filters, {
      'network-acl-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      default: ({ isDefault }) => [String(isDefault)],
      'owner-id': () => [cell.account],
      'association.subnet-id': (acl) => subnetsOf(cell, acl).map(({ id }) => id),
      'association.association-id': (acl) =>
        subnetsOf(cell, acl).map(({ networkAclAssociationId }) => networkAclAssociationId),
      'association.network-acl-id': (acl) => subnetsOf(cell, acl).map(() => acl.id),
    });
    const { items, nextToken } = page(matching, input);
    return { NetworkAcls: items.map((acl) => describe(cell, acl)), NextToken: nextToken };
  },
  ReplaceNetworkAclAssociation({ AssociationId, NetworkAclId }, { cell: { network } }) {
    const acl = find(network.networkAcls, NetworkAclId, ...notFound);
    const subnet = [...network.subnets.values()].find(
      ({ networkAclAssociationId }) => networkAclAssociationId === AssociationId,
    );
    if (!subnet) {
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${AssociationId}' does not exist`,
      );
    }
    subnet.networkAclId = acl.id;
    subnet.networkAclAssociationId = network.newId('aclassoc');
    return { NewAssociationId: subnet.networkAclAssociationId };
  },
  DeleteNetworkAcl({ NetworkAclId }, { cell }) {
    const acl = find(cell.network.networkAcls, NetworkAclId, ...notFound);
    if (acl.isDefault) {
      throw new AwsError('InvalidParameterValue', `cannot delete default network ACL ${acl.id}`);
    }
    if (subnetsOf(cell, acl).length > 0) {
      throw new AwsError(
        'DependencyViolation',
        `The networkAcl '${acl.id}' has dependencies and cannot be deleted.`,
      );
    }
    cell.network.networkAcls.delete(acl.id);
    return {};
  },
};

function subnetsOf({ network }: Cell, acl: NetworkAcl): Subnet[] {
  return [...network.subnets.values()].filter(({ networkAclId }) => networkAclId === acl.id);
}

function describe(cell: Cell, acl: NetworkAcl): AclDescription {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpcId,
    OwnerId: cell.account,
    IsDefault: acl.isDefault,
    Associations: subnetsOf(cell, acl).map((subnet) => ({
      NetworkAclAssociationId: subnet.networkAclAssociationId,
      NetworkAclId: acl.id,
      SubnetId: subnet.id,
    })),
    Entries: [...acl.entries].sort((one, other) => one.ruleNumber - other.ruleNumber).map(describeEntry),
    Tags: writeTags(acl.tags),
  };
}

function describeEntry(entry: NetworkAclEntry): EntryDescription {
  return {
    RuleNumber: entry.ruleNumber,
    Protocol: entry.protocol,
    RuleAction: entry.action,
    Egress: entry.isEgress,
    ...(entry.cidr.includes(':') ? { Ipv6CidrBlock: entry.cidr } : { CidrBlock: entry.cidr }),
    ...(entry.ports && { PortRange: { From: entry.ports.from, To: entry.ports.to } }),
    ...(entry.icmp && { IcmpTypeCode: { Type: entry.icmp.type, Code: entry.icmp.code } }),
  };
}
