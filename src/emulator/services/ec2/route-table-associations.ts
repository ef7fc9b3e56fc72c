import type { EC2 } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { Network } from '../../world/network/network.ts';
import { associationsOf, type RouteTable } from '../../world/network/vpc.ts';
import { find } from './lookup.ts';

export const routeTableAssociations: Operations<EC2> = {
  /** A subnet has one table of its own at the most: a second one is refused. */
  AssociateRouteTable({ RouteTableId, SubnetId }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const subnet = find(network.subnets, SubnetId, 'InvalidSubnetID', 'subnet ID');
    if (subnet.vpcId !== table.vpcId) {
      throw new AwsError(
        'InvalidParameterValue',
        `route table ${table.id} and subnet ${subnet.id} belong to different networks`,
      );
    }
    for (const { associations } of network.routeTables.values()) {
      for (const [id, subnetId] of associations) {
        if (subnetId !== subnet.id) continue;
        if (associations === table.associations) return associated(id);
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      }
    }
    const id = network.newId('rtbassoc');
    table.associations.set(id, subnet.id);
    return associated(id);
  },
  ReplaceRouteTableAssociation({ AssociationId, RouteTableId }, { cell: { network } }) {
    const table = find(network.routeTables, RouteTableId, 'InvalidRouteTableID', 'routeTable ID');
    const { current, subnetId } = findAssociation(network, AssociationId);
    const id = network.newId('rtbassoc');
    if (subnetId === undefined) {
      current.main = false;
      table.main = true;
      table.mainAssociationId = id;
    } else {
      current.associations.delete(AssociationId ?? '');
      table.associations.set(id, subnetId);
    }
    return { NewAssociationId: id, AssociationState: { State: 'associated' } };
  },
  DisassociateRouteTable({ AssociationId }, { cell: { network } }) {
    const { current, subnetId } = findAssociation(network, AssociationId);
    if (subnetId === undefined) {
      throw new AwsError(
        'InvalidParameterValue',
        `cannot disassociate the main route table association ${AssociationId}`,
      );
    }
    current.associations.delete(AssociationId ?? '');
    return {};
  },
};

function associated(id: string): { AssociationId: string; AssociationState: { State: 'associated' } } {
  return { AssociationId: id, AssociationState: { State: 'associated' } };
}

function findAssociation(
  network: Network,
  id: string | undefined,
): { current: RouteTable; subnetId: string | undefined } {
  for (const current of network.routeTables.values()) {
    const found = associationsOf(current).find((association) => association.id === id);
    if (found) return { current, subnetId: found.subnetId };
  }
  throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);
}
