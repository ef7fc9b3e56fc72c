import { hex, type Random } from '../../core/random.ts';
import type { Network } from './network.ts';
import type { EndpointState, VpcEndpoint } from './vpc-endpoint.ts';

/** What others reach by interface endpoints of theirs (AWS PrivateLink): network load balancers of an account. */
export interface EndpointService {
  id: string;
  /** `com.amazonaws.vpce.<region>.<id>` */
  name: string;
  acceptanceRequired: boolean;
  loadBalancerArns: string[];
  /** Who may make endpoints to it: the id of each permission, by its principal. */
  allowedPrincipals: Map<string, string>;
  tags: Map<string, string>;
}

/** An account and region, as far as it has networks. */
export interface NetworkPlace {
  account: string;
  region: string;
  network: Network;
}

/** A service with the place that it is in. */
export interface OfferedService<Place extends NetworkPlace = NetworkPlace> {
  place: Place;
  service: EndpointService;
}

const prefix = 'com.amazonaws.vpce.';

/** Whether the name is that of a customer's service; all others are AWS's own. */
export function isCustomersService(serviceName: string): boolean {
  return serviceName.startsWith(prefix);
}

export function endpointServiceName(region: string, id: string): string {
  return `${prefix}${region}.${id}`;
}

/** The customer's service of a name, in whichever account it is. */
export function offeredService<Place extends NetworkPlace>(
  places: Iterable<Place>,
  serviceName: string,
): OfferedService<Place> | undefined {
  if (!isCustomersService(serviceName)) return undefined;
  for (const place of places) {
    for (const service of place.network.endpointServices.values()) {
      if (service.name === serviceName) return { place, service };
    }
  }
  return undefined;
}

/** Everybody's endpoints to a service, with the accounts that they belong to. */
export function endpointsTo<Place extends NetworkPlace>(
  places: Iterable<Place>,
  { name }: EndpointService,
): { place: Place; endpoint: VpcEndpoint }[] {
  return [...places].flatMap((place) =>
    [...place.network.vpcEndpoints.values()]
      .filter(({ serviceName }) => serviceName === name)
      .map((endpoint) => ({ place, endpoint })),
  );
}

/** Whether a connection in this state keeps its service from being deleted. */
export function isConnected(state: EndpointState): boolean {
  return state === 'pendingAcceptance' || state === 'pending' || state === 'available';
}

/**
 * Whether a principal may make endpoints to a service: those of the service's own account, and who is named by `*`, by
 * their account's root, or by the ARN of their user or role.
 */
export function mayConnect(
  { place, service }: OfferedService,
  { account, arns }: { account: string; arns: readonly string[] },
): boolean {
  const named = ['*', `arn:aws:iam::${account}:root`, ...arns];
  return account === place.account || named.some((principal) => service.allowedPrincipals.has(principal));
}

/** What an endpoint's own DNS names begin with. */
export function newDnsLabel(random: Random, endpointId: string): string {
  return `${endpointId}-${hex(random, 8)}`;
}
