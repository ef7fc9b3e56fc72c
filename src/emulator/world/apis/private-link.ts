import type { NetworkInterface } from '../network/network-interface.ts';

/** A VPC link of the second version: interfaces in subnets, through which APIs reach load balancers. */
export interface PrivateLink {
  id: string;
  name: string;
  subnetIds: string[];
  securityGroupIds: string[];
  createdAt: number;
  status: 'PENDING' | 'AVAILABLE' | 'DELETING' | 'FAILED';
  statusMessage: string;
  /** One in each subnet. */
  interfaces: NetworkInterface[];
  tags: Map<string, string>;
}

/** API Gateway takes a minute or so to attach the interfaces. */
export const LINK_SET_UP_MILLISECONDS = 60_000;

/** And to take them away: only then can their security groups be deleted. */
export const LINK_DELETION_MILLISECONDS = 30_000;
