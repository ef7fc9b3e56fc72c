import { peersOf } from '../../world/network/peer.ts';
import type { ApiRequest } from './api-request.ts';
import { withStageVariables } from './api-request.ts';
import type { Destination } from './endpoint.ts';

/**
 * Where the integration of a REST API's method points; `unavailable` where its VPC link is not set up. A link of the
 * first version leads to its network load balancer; one of the second to the integration's target, as a client whose
 * address is one of the link's interfaces.
 */
export function destinationOf(request: ApiRequest, url: URL): Destination | 'unavailable' {
  const { cell, integration } = request;
  const isEncrypted = url.protocol === 'https:';
  const port = Number(url.port || (isEncrypted ? 443 : 80));
  if (integration.connectionType !== 'VPC_LINK') return { kind: 'internet', host: url.hostname, port };
  const id = withStageVariables(integration.connectionId ?? '', request);
  const { loadBalancers } = cell.loadBalancing;
  const link = cell.apis.vpcLinks.get(id);
  if (link?.status === 'AVAILABLE') {
    const balancer = loadBalancers.get(link.targetArns[0] ?? '');
    return { kind: 'private', balancer, port, isEncrypted, from: [] };
  }
  const privateLink = cell.apis.privateLinks.get(id);
  if (privateLink?.status !== 'AVAILABLE') return 'unavailable';
  const target = withStageVariables(integration.integrationTarget ?? '', request);
  return {
    kind: 'private',
    isEncrypted,
    balancer: loadBalancers.get(target),
    port,
    from: peersOf(privateLink.interfaces),
  };
}
