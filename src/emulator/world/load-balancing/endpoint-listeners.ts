import { type NetworkPlace, offeredService } from '../network/endpoint-service.ts';
import type { VpcEndpoint } from '../network/vpc-endpoint.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';

/** An account and region with its load balancers. */
export interface ServicePlace extends NetworkPlace {
  loadBalancing: LoadBalancing;
}

/** What an endpoint leads to on a port: a load balancer of the account that offers the service. */
export interface EndpointListener<Place extends ServicePlace = ServicePlace> {
  place: Place;
  balancer: LoadBalancer;
  port: number;
}

/** The ports of an available interface endpoint, one for each TCP or TLS listener of its service's load balancers. */
export function endpointListeners<Place extends ServicePlace>(
  places: Iterable<Place>,
  endpoint: VpcEndpoint,
): EndpointListener<Place>[] {
  if (endpoint.state !== 'available') return [];
  const offered = offeredService(places, endpoint.serviceName);
  if (!offered) return [];
  const { place, service } = offered;
  return service.loadBalancerArns.flatMap((arn) => {
    const balancer = place.loadBalancing.loadBalancers.get(arn);
    if (balancer?.state !== 'active') return [];
    return place.loadBalancing
      .listenersOf(arn)
      .filter(({ protocol }) => protocol === 'TCP' || protocol === 'TLS')
      .map(({ port }) => ({ place, balancer, port }));
  });
}
