import type { EC2, ServiceDetail } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Call, Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { mayConnect, type OfferedService } from '../../world/network/endpoint-service.ts';
import { zonesOfService } from './endpoint-service-zones.ts';
import { applyFilters } from './filters.ts';
import { page } from './pages.ts';

/** Customers' services that the caller may make endpoints to; AWS's own are not listed. */
export const offeredEndpointServices: Operations<EC2> = {
  DescribeVpcEndpointServices(input, call) {
    const offered = offeredTo(call);
    const missing = input.ServiceNames?.find((name) => !offered.some(({ service }) => service.name === name));
    if (missing !== undefined) throw noSuchService(missing);
    const asked = offered
      .filter(({ service }) => input.ServiceNames?.includes(service.name) ?? true)
      .map((one) => ({ ...one, id: one.service.name, tags: one.service.tags }));
    const matching = applyFilters(asked, input.Filters, {
      'service-name': ({ service }) => [service.name],
      'service-type': () => ['Interface'],
      owner: ({ place }) => [place.account],
    });
    const { items, nextToken } = page(matching, input);
    return {
      ServiceNames: items.map(({ service }) => service.name),
      ServiceDetails: items.map(describe),
      NextToken: nextToken,
    };
  },
};

/** What AWS says as well to who is not allowed: a service's existence is nobody else's business. */
export function noSuchService(name: string): AwsError {
  return new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
}

/** Whom a service's permissions may name the caller by. */
export function principalOf({ cell, caller, session }: Call): { account: string; arns: string[] } {
  return { account: cell.account, arns: [caller, ...(session ? [session.roleArn] : [])] };
}

function offeredTo(call: Call): OfferedService<Cell>[] {
  const { cell } = call;
  return [...cell.cells()]
    .filter(({ region }) => region === cell.region)
    .flatMap((place) => [...place.network.endpointServices.values()].map((service) => ({ place, service })))
    .filter((offered) => mayConnect(offered, principalOf(call)));
}

function describe({ place, service }: OfferedService<Cell>): ServiceDetail {
  return {
    ServiceId: service.id,
    ServiceName: service.name,
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceRegion: place.region,
    AvailabilityZones: zonesOfService(place, service),
    Owner: place.account,
    BaseEndpointDnsNames: [`${service.id}.${place.region}.vpce.amazonaws.com`],
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    VpcEndpointPolicySupported: false,
    SupportedIpAddressTypes: ['ipv4'],
    Tags: writeTags(service.tags),
  };
}
