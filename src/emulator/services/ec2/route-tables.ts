import type { EC2, RouteTable as RouteTableDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { createRouteTable } from '../../world/network/create-vpc.ts';
import type { RouteTable } from '../../world/network/vpc.ts';
import { applyFilters } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { page } from './pages.ts';
import { specifiedTags, writeTags } from './tags.ts';

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
    return { RouteTable: describe(table, account) };
  },
  DescribeRouteTables(input, { cell: { network, account } }) {
    const asked = findAll(network.routeTables, input.RouteTableIds, 'InvalidRouteTableID', 'routeTable ID');
    const matching = applyFilters(asked, input.Filters, {
      'route-table-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'association.subnet-id': ({ associations }) => [...associations.values()],
      'association.route-table-association-id': ({ associations }) => [...associations.keys()],
      'association.main': ({ main }) => [String(main)],
    });
    const { items, nextToken } = page(matching, input);
    return { RouteTables: items.map((table) => describe(table, account)), NextToken: nextToken };
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
  AssociateRouteTable({ RouteTableId, SubnetId }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const subnet = find(network.subnets, SubnetId, 'InvalidSubnetID', 'subnet ID');
    const id = network.newId('rtbassoc');
    table.associations.set(id, subnet.id);
    return { AssociationId: id, AssociationState: { State: 'associated' } };
  },
  DisassociateRouteTable({ AssociationId }, { cell: { network } }) {
    const table = [...network.routeTables.values()].find(({ associations }) =>
      associations.delete(AssociationId ?? ''),
    );
    if (!table) {
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${AssociationId}' does not exist`,
      );
    }
    return {};
  },
  CreateRoute({ RouteTableId, DestinationCidrBlock, GatewayId }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    if (GatewayId === undefined || DestinationCidrBlock === undefined) {
      throw new AwsError(
        'MissingParameter',
        'The local AWS routes IPv4 destinations to internet gateways only',
      );
    }
    if (table.routes.some(({ destination }) => destination === DestinationCidrBlock)) {
      throw new AwsError(
        'RouteAlreadyExists',
        `The route identified by ${DestinationCidrBlock} already exists.`,
      );
    }
    find(network.internetGateways, GatewayId, 'InvalidInternetGatewayID', 'internetGateway ID');
    table.routes.push({ destination: DestinationCidrBlock, gatewayId: GatewayId });
    return { Return: true };
  },
  DeleteRoute({ RouteTableId, DestinationCidrBlock }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const index = table.routes.findIndex(({ destination }) => destination === DestinationCidrBlock);
    if (index < 0) {
      throw new AwsError(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block ${DestinationCidrBlock} in route table ${table.id}`,
      );
    }
    table.routes.splice(index, 1);
    return {};
  },
};

function describe(table: RouteTable, account: string): RouteTableDescription {
  const main = { Main: true, RouteTableAssociationId: table.id.replace('rtb-', 'rtbassoc-') };
  const associations = [...table.associations].map(([id, subnetId]) => ({
    Main: false,
    RouteTableAssociationId: id,
    SubnetId: subnetId,
  }));
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: account,
    Associations: [...(table.main ? [main] : []), ...associations].map((association) => ({
      ...association,
      RouteTableId: table.id,
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Routes: table.routes.map(({ destination, gatewayId }) => ({
      DestinationCidrBlock: destination,
      GatewayId: gatewayId,
      Origin: gatewayId === 'local' ? 'CreateRouteTable' : 'CreateRoute',
      State: 'active',
    })),
    Tags: writeTags(table.tags),
  };
}
