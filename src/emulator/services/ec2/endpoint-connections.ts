import type { EC2, State, UnsuccessfulItem, VpcEndpointConnection } from '@aws-sdk/client-ec2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { type EndpointService, endpointsTo } from '../../world/network/endpoint-service.ts';
import {
  type EndpointState,
  provisionEndpoint,
  rejectEndpoint,
  type VpcEndpoint,
} from '../../world/network/vpc-endpoint.ts';
import { dnsEntriesOf } from './endpoint-names.ts';
import { noSuchService } from './endpoint-services.ts';
import { applyFilters } from './filters.ts';
import { find } from './lookup.ts';
import { page } from './pages.ts';
import { unsuccessful } from './unsuccessful.ts';

/** An endpoint, of any account, to a service of this one. */
interface Connection {
  id: string;
  tags: ReadonlyMap<string, string>;
  cell: Cell;
  service: EndpointService;
  endpoint: VpcEndpoint;
}

/** What the owner of a service says and sees of the endpoints to it. */
export const endpointConnections: Operations<EC2> = {
  DescribeVpcEndpointConnections(input, { cell }) {
    const all = [...cell.network.endpointServices.values()].flatMap((service) =>
      connectionsTo(cell, service),
    );
    const matching = applyFilters(all, input.Filters, {
      'service-id': ({ service }) => [service.id],
      'vpc-endpoint-id': ({ id }) => [id],
      'vpc-endpoint-owner': ({ cell: { account } }) => [account],
      'vpc-endpoint-state': ({ endpoint }) => [endpoint.state],
    });
    const { items, nextToken } = page(matching, input);
    return { VpcEndpointConnections: items.map(describe), NextToken: nextToken };
  },
  AcceptVpcEndpointConnections({ ServiceId, VpcEndpointIds = [] }, { cell }) {
    return {
      Unsuccessful: decide(cell, ServiceId, VpcEndpointIds, ['pendingAcceptance'], provisionEndpoint),
    };
  },
  RejectVpcEndpointConnections({ ServiceId, VpcEndpointIds = [] }, { cell }) {
    const open: EndpointState[] = ['pendingAcceptance', 'pending', 'available'];
    return { Unsuccessful: decide(cell, ServiceId, VpcEndpointIds, open, rejectEndpoint) };
  },
};

function connectionsTo(cell: Cell, service: EndpointService): Connection[] {
  return endpointsTo(cell.cells(), service).map(({ place, endpoint }) => ({
    id: endpoint.id,
    tags: endpoint.tags,
    cell: place,
    service,
    endpoint,
  }));
}

/** Decides about each endpoint that is in one of the states; what is wrong with the others. */
function decide(
  cell: Cell,
  serviceId: string | undefined,
  endpointIds: readonly string[],
  states: readonly EndpointState[],
  take: (world: Cell, endpoint: VpcEndpoint) => void,
): UnsuccessfulItem[] {
  const service = find(cell.network.endpointServices, serviceId, ...noSuchService);
  const connections = connectionsTo(cell, service);
  return endpointIds.flatMap((id) => {
    const connection = connections.find((candidate) => candidate.id === id);
    if (!connection)
      return [
        unsuccessful(id, 'InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`),
      ];
    const { state } = connection.endpoint;
    if (!states.includes(state))
      return [unsuccessful(id, 'InvalidState', `The Vpc Endpoint '${id}' is in the state ${state}`)];
    take(connection.cell, connection.endpoint);
    return [];
  });
}

function describe({ cell, service, endpoint }: Connection): VpcEndpointConnection {
  return {
    ServiceId: service.id,
    VpcEndpointId: endpoint.id,
    VpcEndpointOwner: cell.account,
    VpcEndpointState: endpoint.state as State,
    VpcEndpointRegion: cell.region,
    CreationTimestamp: new Date(endpoint.createdAt),
    DnsEntries: dnsEntriesOf(cell, endpoint),
    NetworkLoadBalancerArns: service.loadBalancerArns,
    IpAddressType: 'ipv4',
  };
}
