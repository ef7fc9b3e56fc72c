import { DescribeVpcsCommand, type EC2Client, type VpcCidrBlockState } from '@aws-sdk/client-ec2';
import { classify } from './errors.ts';

/**
 * The address ranges of a VPC, in CIDR notation. Undefined where the role may not ask: roles made for other updaters
 * lack `ec2:DescribeVpcs`, and do without until an address outside the VPC turns up.
 */
export async function vpcNetworks(ec2: EC2Client, vpcId: string): Promise<string[] | undefined> {
  try {
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
    const ipv4 = (vpc?.CidrBlockAssociationSet ?? [])
      .filter(({ CidrBlockState }) => isAssociated(CidrBlockState))
      .map(({ CidrBlock }) => CidrBlock);
    const ipv6 = (vpc?.Ipv6CidrBlockAssociationSet ?? [])
      .filter(({ Ipv6CidrBlockState }) => isAssociated(Ipv6CidrBlockState))
      .map(({ Ipv6CidrBlock }) => Ipv6CidrBlock);
    return [...new Set([vpc?.CidrBlock, ...ipv4, ...ipv6])].filter((network) => network !== undefined);
  } catch (error) {
    if (classify(error) === 'access-denied') return undefined;
    throw error;
  }
}

/** AWS goes on listing blocks that are not the VPC's yet, or no more. */
function isAssociated(state: VpcCidrBlockState | undefined): boolean {
  return state?.State === undefined || state.State === 'associated';
}
