import type { ElasticLoadBalancingV2Client, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../aws/clients.ts';
import { targetGroupByArn } from '../aws/target-groups.ts';
import { vpcNetworks } from '../aws/vpc-networks.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { everyIpv6, type Network, privateIpv4 } from '../engine/network.ts';
import { unreadable } from './unreadable.ts';

/** What has to be known of a target group before anything is written to it. */
export interface TargetGroupFacts {
  /** What targets are registered with where nothing else is said. */
  port: number;
  /** The addresses it may hold: its VPC's, and those private ranges that AWS routes to from elsewhere. */
  networks: readonly Network[];
  /** Its VPC's own ranges; undefined where the role may not ask. */
  vpcNetworks: readonly Network[] | undefined;
}

/** Throws where the target group is not one whose targets are addresses (FM29). */
export async function targetGroupFacts(
  { elbv2, ec2 }: AwsClients,
  targetGroupArn: string,
): Promise<TargetGroupFacts> {
  const group = await describe(elbv2, targetGroupArn);
  check(group, targetGroupArn);
  const own = await ownNetworks(ec2, group.VpcId ?? '');
  const isIpv6 = group.IpAddressType === 'ipv6';
  const ofFamily = (own ?? []).filter((network) => network.includes(':') === isIpv6);
  return {
    port: group.Port ?? 0,
    networks: [...ofFamily, ...(isIpv6 ? [everyIpv6] : privateIpv4)],
    vpcNetworks: own,
  };
}

async function describe(elbv2: ElasticLoadBalancingV2Client, targetGroupArn: string): Promise<TargetGroup> {
  try {
    return (await targetGroupByArn(elbv2)(targetGroupArn)) ?? {};
  } catch (error) {
    throw unreadable(`elasticloadbalancing:DescribeTargetGroups of '${targetGroupArn}'`, error);
  }
}

/** Geneve groups hold a gateway load balancer's appliances, all on one port; everything else may follow addresses. */
function check({ TargetType, Protocol }: TargetGroup, targetGroupArn: string): void {
  if (TargetType !== 'ip') {
    const message = `target group '${targetGroupArn}' has the target type '${TargetType}'; only 'ip' groups hold addresses: give another group`;
    throw new AlbridgeError('sink-mismatch', message);
  }
  if (Protocol === 'GENEVE') {
    const message = `target group '${targetGroupArn}' has the protocol 'GENEVE'; give a group of an application or network load balancer`;
    throw new AlbridgeError('sink-mismatch', message);
  }
}

async function ownNetworks(ec2: AwsClients['ec2'], vpcId: string): Promise<string[] | undefined> {
  try {
    return await vpcNetworks(ec2, vpcId);
  } catch (error) {
    throw unreadable(`ec2:DescribeVpcs of '${vpcId}'`, error);
  }
}
