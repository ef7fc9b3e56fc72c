import type { EC2, RouteTable as RouteTableDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { createRouteTable } from '../../world/network/create-vpc.ts';
import type { Network } from '../../world/network/network.ts';
import { associationsOf, type RouteTable } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { describeRoute } from './routes.ts';
import { specifiedTags } from './tags.ts';

export const routeTables: Operations<EC2> = {
  CreateRouteTable({ VpcId, TagSpecifications }, { cell: { network, account } }) {
    const vpc = find(network.vpcs, VpcId, 'InvalidVpcID', 'vpc ID');
    const table = find(
      network.routeTables,
      createRouteTable(network, vpc, false),
      'InvalidRouteTableID',
      'routeTable ID',
    );
    table.tags = specifiedTags(TagSpecifications);
    return { RouteTable: describe(network, account, table) };
  },
  DescribeRouteTables(input, { cell: { network, account } }) {
    const asked = findAll(network.routeTables, input.RouteTableIds, 'InvalidRouteTableID', 'routeTable ID');
    const matching = applyFilters(asked, input.Filters, {
      'route-table-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'association.subnet-id': ({ associations }) => [...associations.values()],
      'association.route-table-id': (table) => associationsOf(table).map(() => table.id),
      'association.route-table-association-id': (table) => associationsOf(table).map(({ id }) => id),
      'association.main': ({ main }) => [String(main)],
      'owner-id': () => [account],
      'route.destination-cidr-block': ({ routes }) => routes.map(({ destination }) => destination),
      'route.gateway-id': ({ routes }) =>
        routes.map(({ target }) => (target.kind === 'gateway' ? target.id : undefined)),
      'route.nat-gateway-id': ({ routes }) =>
        routes.map(({ target }) => (target.kind === 'nat-gateway' ? target.id : undefined)),
    });
    const { items, nextToken } = page(matching, input, { least: 5, most: 100 });
    return { RouteTables: items.map((table) => describe(network, account, table)), NextToken: nextToken };
  },
  DeleteRouteTable({ RouteTableId }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    if (table.main || table.associations.size > 0) {
      throw new AwsError(
        'DependencyViolation',
        `The routeTable '${table.id}' has dependencies and cannot be deleted.`,
      );
    }
    network.routeTables.delete(table.id);
    return {};
  },
};

function describe(network: Network, account: string, table: RouteTable): RouteTableDescription {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: account,
    Associations: associationsOf(table).map(({ id, subnetId }) => ({
      Main: subnetId === undefined,
      RouteTableAssociationId: id,
      RouteTableId: table.id,
      ...(subnetId !== undefined && { SubnetId: subnetId }),
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Routes: table.routes.map((route) => describeRoute(network, route)),
    Tags: writeTags(table.tags),
  };
}
