import { DescribeVpcsCommand, type EC2Client, type Vpc, type VpcCidrBlockState } from '@aws-sdk/client-ec2';
import { coalesced } from './coalesced.ts';
import { classify } from './errors.ts';
import { perClient } from './per-client.ts';
import { readById } from './read-by-id.ts';

/** As many as are asked for in one call. */
const most = 100;

const vpcById = perClient((ec2: EC2Client) => {
  const read = async (VpcIds: string[]): Promise<Vpc[]> => {
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds }));
    return Vpcs ?? [];
  };
  const idOf = ({ VpcId }: Vpc): string | undefined => VpcId;
  return coalesced({ idOf: String, read: (ids) => readById(ids, { most, read, idOf }) });
});

/**
 * The address ranges of a VPC, in CIDR notation. Undefined where the role may not ask: roles made for other updaters
 * lack `ec2:DescribeVpcs`, and do without until an address outside the VPC turns up.
 */
export async function vpcNetworks(ec2: EC2Client, vpcId: string): Promise<string[] | undefined> {
  try {
    const vpc = await vpcById(ec2)(vpcId);
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
