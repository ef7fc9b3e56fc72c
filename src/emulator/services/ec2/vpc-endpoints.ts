import type { EC2, VpcEndpoint as EndpointDescription, State } from '@aws-sdk/client-ec2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import {
  createEndpoint,
  deleteEndpoint,
  followSecurityGroups,
  followSubnets,
  type VpcEndpoint,
} from '../../world/network/vpc-endpoint.ts';
import { dnsEntriesOf } from './endpoint-names.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { checkGroups, checkSubnets, newEndpoint, openPolicy } from './new-vpc-endpoint.ts';
import { page } from './pages.ts';
import { unsuccessful } from './unsuccessful.ts';

const notFound = ['InvalidVpcEndpointId', 'Vpc Endpoint Id'] as const;

export const vpcEndpoints: Operations<EC2> = {
  CreateVpcEndpoint(input, call) {
    const endpoint = newEndpoint(input, call);
    createEndpoint(call.cell, endpoint);
    return { VpcEndpoint: describe(endpoint, call.cell) };
  },
  DescribeVpcEndpoints(input, { cell }) {
    const asked = findAll(cell.network.vpcEndpoints, input.VpcEndpointIds, ...notFound);
    const matching = applyFilters(asked, input.Filters, {
      'vpc-endpoint-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'service-name': ({ serviceName }) => [serviceName],
      'vpc-endpoint-type': ({ type }) => [type],
      'vpc-endpoint-state': ({ state }) => [state],
    });
    const { items, nextToken } = page(matching, input);
    return { VpcEndpoints: items.map((endpoint) => describe(endpoint, cell)), NextToken: nextToken };
  },
  ModifyVpcEndpoint(input, call) {
    const { network } = call.cell;
    const endpoint = find(network.vpcEndpoints, input.VpcEndpointId, ...notFound);
    const subnetIds = changed(endpoint.subnetIds, input.AddSubnetIds, input.RemoveSubnetIds);
    checkSubnets(call, { ...endpoint, subnetIds });
    checkGroups(network, input.AddSecurityGroupIds ?? []);
    endpoint.subnetIds = subnetIds;
    endpoint.securityGroupIds = changed(
      endpoint.securityGroupIds,
      input.AddSecurityGroupIds,
      input.RemoveSecurityGroupIds,
    );
    endpoint.routeTableIds = changed(
      endpoint.routeTableIds,
      input.AddRouteTableIds,
      input.RemoveRouteTableIds,
    );
    const policy = input.ResetPolicy ? openPolicy : input.PolicyDocument;
    endpoint.policyDocument = policy ?? endpoint.policyDocument;
    endpoint.privateDnsEnabled = input.PrivateDnsEnabled ?? endpoint.privateDnsEnabled;
    followSecurityGroups(call.cell, endpoint);
    followSubnets(call.cell, endpoint);
    return { Return: true };
  },
  DeleteVpcEndpoints({ VpcEndpointIds = [] }, { cell }) {
    const Unsuccessful = VpcEndpointIds.flatMap((id) => {
      const endpoint = cell.network.vpcEndpoints.get(id);
      if (!endpoint) {
        const [code, noun] = notFound;
        return [unsuccessful(id, `${code}.NotFound`, `The ${noun} '${id}' does not exist`)];
      }
      deleteEndpoint(cell, endpoint);
      return [];
    });
    return { Unsuccessful };
  },
};

function changed(
  current: readonly string[],
  added: readonly string[] = [],
  removed: readonly string[] = [],
): string[] {
  return [...new Set([...current.filter((id) => !removed.includes(id)), ...added])];
}

function describe(endpoint: VpcEndpoint, cell: Cell): EndpointDescription {
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: endpoint.state as State,
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: endpoint.routeTableIds,
    SubnetIds: endpoint.subnetIds,
    Groups: endpoint.securityGroupIds.map((id) => ({
      GroupId: id,
      GroupName: cell.network.securityGroups.get(id)?.name,
    })),
    IpAddressType: 'ipv4',
    PrivateDnsEnabled: endpoint.privateDnsEnabled,
    RequesterManaged: false,
    NetworkInterfaceIds: endpoint.interfaceIds,
    DnsEntries: dnsEntriesOf(cell, endpoint),
    CreationTimestamp: new Date(endpoint.createdAt),
    OwnerId: cell.account,
    Tags: writeTags(endpoint.tags),
  };
}
