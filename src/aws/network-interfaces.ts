import {
  type EC2Client,
  type Filter,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import { collect } from './pagination.ts';

/** The most that a call returns. */
const pageSize = 1_000;

/** Every interface that matches; always paginated, because AWS refuses large accounts the unpaginated call. */
export function describeNetworkInterfaces(ec2: EC2Client, filters: Filter[]): Promise<NetworkInterface[]> {
  const pages = paginateDescribeNetworkInterfaces({ client: ec2, pageSize }, { Filters: filters });
  return collect(pages, (page) => page.NetworkInterfaces);
}

/** Every private address, not only the primary one, and every IPv6 address. */
export function addressTexts(networkInterface: NetworkInterface): string[] {
  const primary = networkInterface.PrivateIpAddress;
  const ipv4 = (networkInterface.PrivateIpAddresses ?? []).map((entry) => entry.PrivateIpAddress);
  const ipv6 = (networkInterface.Ipv6Addresses ?? []).map((entry) => entry.Ipv6Address);
  return [...new Set([primary, ...ipv4, ...ipv6])].filter((text) => text !== undefined);
}

/** The public addresses that stand for it in the DNS of an internet-facing load balancer. */
export function publicAddressTexts(networkInterface: NetworkInterface): string[] {
  const associations = (networkInterface.PrivateIpAddresses ?? []).map((entry) => entry.Association);
  const texts = [networkInterface.Association, ...associations].map((association) => association?.PublicIp);
  return texts.filter((text) => text !== undefined);
}
