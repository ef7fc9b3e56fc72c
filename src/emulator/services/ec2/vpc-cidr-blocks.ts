import type { EC2, VpcCidrBlockAssociation, VpcIpv6CidrBlockAssociation } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { overlaps, parseBlock } from '../../world/network/cidr.ts';
import type { Network } from '../../world/network/network.ts';
import { blocksOf, type Vpc } from '../../world/network/vpc.ts';
import { find } from './lookup.ts';

export const vpcCidrBlocks: Operations<EC2> = {
  AssociateVpcCidrBlock(input, { cell: { network } }) {
    const vpc = find(network.vpcs, input.VpcId, 'InvalidVpcID', 'vpc ID');
    const ipv6 =
      input.Ipv6CidrBlock ?? (input.AmazonProvidedIpv6CidrBlock ? newIpv6Block(network) : undefined);
    if (ipv6 !== undefined) {
      associate(network, vpc, ipv6);
      return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6Associations(vpc).at(-1) };
    }
    const block = parseBlock(input.CidrBlock ?? '');
    if (!block || block.prefix < 16 || block.prefix > 28) {
      throw new AwsError('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
    }
    if (blocksOf(vpc).some((held) => overlaps(held, block))) {
      throw new AwsError(
        'InvalidVpc.Range',
        `The CIDR '${input.CidrBlock}' conflicts with another of the VPC.`,
      );
    }
    associate(network, vpc, input.CidrBlock ?? '');
    return { VpcId: vpc.id, CidrBlockAssociation: ipv4Associations(vpc).at(-1) };
  },
  DisassociateVpcCidrBlock({ AssociationId: id = '' }, { cell: { network } }) {
    for (const vpc of network.vpcs.values()) {
      if (vpc.moreCidrs.delete(id)) return { VpcId: vpc.id };
    }
    throw new AwsError(
      'InvalidVpcCidrBlockAssociationID.NotFound',
      `The vpc CIDR block association ID '${id}' does not exist`,
    );
  },
};

/** Gives the VPC another block, of either family. */
export function associate(network: Network, vpc: Vpc, cidr: string): void {
  vpc.moreCidrs.set(network.newId('vpc-cidr-assoc'), cidr);
}

/** A /56 of Amazon's. */
export function newIpv6Block(network: Network): string {
  const [digits = ''] = network.newId('x').match(/[0-9a-f]{6}$/) ?? [];
  return `2600:1f${digits.slice(0, 2)}:${Number.parseInt(digits.slice(2), 16).toString(16)}:ab00::/56`;
}

export function ipv4Associations(vpc: Vpc): VpcCidrBlockAssociation[] {
  const primary = [vpc.id.replace('vpc-', 'vpc-cidr-assoc-'), vpc.cidr] as const;
  return [primary, ...vpc.moreCidrs]
    .filter(([, cidr]) => !cidr.includes(':'))
    .map(([AssociationId, CidrBlock]) => ({
      AssociationId,
      CidrBlock,
      CidrBlockState: { State: 'associated' },
    }));
}

export function ipv6Associations(vpc: Vpc): VpcIpv6CidrBlockAssociation[] {
  return [...vpc.moreCidrs]
    .filter(([, cidr]) => cidr.includes(':'))
    .map(([AssociationId, Ipv6CidrBlock]) => ({
      AssociationId,
      Ipv6CidrBlock,
      Ipv6CidrBlockState: { State: 'associated' },
    }));
}
