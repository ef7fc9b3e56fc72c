import type { EC2, ServiceConfiguration, UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import {
  type EndpointService,
  endpointServiceName,
  endpointsTo,
  isConnected,
} from '../../world/network/endpoint-service.ts';
import { zonesOfService } from './endpoint-service-zones.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';
import { unsuccessful } from './unsuccessful.ts';

export const noSuchService = ['InvalidVpcEndpointServiceId', 'VpcEndpointService Id'] as const;

export const endpointServices: Operations<EC2> = {
  CreateVpcEndpointServiceConfiguration(input, { cell }) {
    if (input.GatewayLoadBalancerArns?.length || input.PrivateDnsName !== undefined) {
      throw new AwsError(
        'InvalidParameter',
        'Gateway load balancers and private DNS names of services are not part of this local AWS',
      );
    }
    const id = cell.network.newId('vpce-svc');
    const service: EndpointService = {
      id,
      name: endpointServiceName(cell.region, id),
      acceptanceRequired: input.AcceptanceRequired ?? true,
      loadBalancerArns: checkedLoadBalancers(cell, input.NetworkLoadBalancerArns ?? []),
      allowedPrincipals: new Map(),
      tags: specifiedTags(input.TagSpecifications),
    };
    cell.network.endpointServices.set(id, service);
    return { ServiceConfiguration: describe(cell, service), ClientToken: input.ClientToken };
  },
  DescribeVpcEndpointServiceConfigurations(input, { cell }) {
    const asked = findAll(cell.network.endpointServices, input.ServiceIds, ...noSuchService);
    const matching = applyFilters(asked, input.Filters, {
      'service-name': ({ name }) => [name],
      'service-id': ({ id }) => [id],
      'service-state': () => ['Available'],
    });
    const { items, nextToken } = page(matching, input);
    return {
      ServiceConfigurations: items.map((service) => describe(cell, service)),
      NextToken: nextToken,
    };
  },
  ModifyVpcEndpointServiceConfiguration(input, { cell }) {
    const service = find(cell.network.endpointServices, input.ServiceId, ...noSuchService);
    const { AddNetworkLoadBalancerArns: added = [], RemoveNetworkLoadBalancerArns: removed = [] } = input;
    const staying = service.loadBalancerArns.filter((arn) => !removed.includes(arn));
    service.loadBalancerArns = checkedLoadBalancers(cell, [...new Set([...staying, ...added])]);
    service.acceptanceRequired = input.AcceptanceRequired ?? service.acceptanceRequired;
    cell.network.endpointChanges.announce();
    return { Return: true };
  },
  DeleteVpcEndpointServiceConfigurations({ ServiceIds = [] }, { cell }) {
    return { Unsuccessful: ServiceIds.flatMap((id) => deleteService(cell, id)) };
  },
};

/** @throws AwsError `InvalidParameter` for what is no network load balancer of the account, or none at all */
function checkedLoadBalancers({ loadBalancing }: Cell, arns: readonly string[]): string[] {
  if (arns.length === 0) {
    throw new AwsError('InvalidParameter', 'The service must have at least one Network Load Balancer');
  }
  const stranger = arns.find((arn) => loadBalancing.loadBalancers.get(arn)?.type !== 'network');
  if (stranger === undefined) return [...arns];
  throw new AwsError('InvalidParameter', `The Network Load Balancer '${stranger}' does not exist`);
}

function deleteService(cell: Cell, id: string): UnsuccessfulItem[] {
  const { endpointServices: all } = cell.network;
  const service = all.get(id);
  if (!service) {
    const [code, noun] = noSuchService;
    return [unsuccessful(id, `${code}.NotFound`, `The ${noun} '${id}' does not exist`)];
  }
  if (endpointsTo(cell.cells(), service).some(({ endpoint }) => isConnected(endpoint.state))) {
    const problem = `Service has existing active VPC Endpoint connections: ${id}`;
    return [unsuccessful(id, 'ExistingVpcEndpointConnections', problem)];
  }
  all.delete(id);
  cell.network.endpointChanges.announce();
  return [];
}

function describe(cell: Cell, service: EndpointService): ServiceConfiguration {
  return {
    ServiceId: service.id,
    ServiceName: service.name,
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceState: 'Available',
    AvailabilityZones: zonesOfService(cell, service),
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    NetworkLoadBalancerArns: service.loadBalancerArns,
    BaseEndpointDnsNames: [`${service.id}.${cell.region}.vpce.amazonaws.com`],
    SupportedIpAddressTypes: ['ipv4'],
    Tags: writeTags(service.tags),
  };
}
