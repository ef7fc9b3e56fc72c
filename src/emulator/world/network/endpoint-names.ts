import { isCustomersService } from './endpoint-service.ts';
import type { Network } from './network.ts';
import { interfacesOf, type VpcEndpoint } from './vpc-endpoint.ts';

/** A DNS name of an endpoint, and the addresses it stands for. */
export interface EndpointName {
  name: string;
  addresses: string[];
}

/** The names of an interface endpoint: its own first, then one for each of its Availability Zones. */
export function endpointNames(network: Network, region: string, endpoint: VpcEndpoint): EndpointName[] {
  const held = interfacesOf(network, endpoint);
  if (held.length === 0) return [];
  const parent = `${shortName(endpoint.serviceName, region)}.${region}.vpce.amazonaws.com`;
  const own = {
    name: `${endpoint.dnsLabel}.${parent}`,
    addresses: held.flatMap(({ privateIpAddresses }) => privateIpAddresses),
  };
  const zonal = held.map(({ availabilityZone, privateIpAddresses }) => ({
    name: `${endpoint.dnsLabel}-${availabilityZone}.${parent}`,
    addresses: privateIpAddresses,
  }));
  return [own, ...zonal];
}

/** `com.amazonaws.us-east-1.execute-api` is `execute-api`; a customer's service goes by its id. */
function shortName(serviceName: string, region: string): string {
  if (isCustomersService(serviceName)) return serviceName.slice(serviceName.lastIndexOf('.') + 1);
  return serviceName.slice(serviceName.indexOf(`.${region}.`) + region.length + 2);
}
