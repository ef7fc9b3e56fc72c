import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import { explain } from '../aws/errors.ts';
import { interfacesByDescription } from '../aws/interfaces-by.ts';
import { addressTexts, publicAddressTexts } from '../aws/network-interfaces.ts';
import { type Address, parseAddress } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { LoadBalancer } from './find-load-balancer.ts';

/** One network interface of a load balancer's node. */
export interface NodeInterface {
  subnetId: string;
  /** Whether it is `in-use`; any other status is that of one which comes or goes (FM6). */
  inUse: boolean;
  addresses: readonly Address[];
  /** What DNS answers for it where the load balancer faces the internet. */
  publicAddresses: readonly Address[];
}

/** All interfaces of the load balancer: those with its exact description, in its VPC. */
export async function loadBalancerInterfaces(
  ec2: EC2Client,
  { interfaceDescription, vpcId }: LoadBalancer,
): Promise<NodeInterface[]> {
  try {
    const found = await interfacesByDescription(ec2, { vpcId, description: interfaceDescription });
    return found.map(nodeInterfaceOf);
  } catch (error) {
    const message = explain(`ec2:DescribeNetworkInterfaces for '${interfaceDescription}'`, error);
    throw new AlbridgeError('source-unknown', message, { cause: error });
  }
}

function nodeInterfaceOf(found: NetworkInterface): NodeInterface {
  return {
    subnetId: found.SubnetId ?? '',
    inUse: found.Status === 'in-use',
    addresses: parsed(addressTexts(found)),
    publicAddresses: parsed(publicAddressTexts(found)),
  };
}

function parsed(texts: readonly string[]): Address[] {
  return texts.flatMap((text) => parseAddress(text) ?? []);
}
