import type { DnsEntry } from '@aws-sdk/client-ec2';
import type { Cell } from '../../core/cell.ts';
import { endpointNames } from '../../world/network/endpoint-names.ts';
import type { VpcEndpoint } from '../../world/network/vpc-endpoint.ts';

/** The hosted zone that endpoints' names lie in; each region of AWS has one. */
const hostedZoneId = 'Z7HUB22UULQXV';

export function dnsEntriesOf({ network, region }: Cell, endpoint: VpcEndpoint): DnsEntry[] {
  return endpointNames(network, region, endpoint).map(({ name }) => ({
    DnsName: name,
    HostedZoneId: hostedZoneId,
  }));
}
