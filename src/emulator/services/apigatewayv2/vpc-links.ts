import type { ApiGatewayV2, VpcLink } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import {
  LINK_DELETION_MILLISECONDS,
  LINK_SET_UP_MILLISECONDS,
  type PrivateLink,
} from '../../world/apis/private-link.ts';
import { createInterface, deleteInterface } from '../../world/network/network-interface.ts';
import { badRequest } from './errors.ts';
import { findLink } from './lookup.ts';
import { page } from './page.ts';

export const vpcLinks: Operations<ApiGatewayV2> = {
  CreateVpcLink({ Name = '', SubnetIds = [], SecurityGroupIds = [], Tags = {} }, { cell }) {
    validate(cell, SubnetIds, SecurityGroupIds);
    const link: PrivateLink = {
      id: cell.apis.newId(),
      name: Name,
      subnetIds: [...SubnetIds],
      securityGroupIds: [...SecurityGroupIds],
      createdAt: cell.clock.now(),
      status: 'PENDING',
      statusMessage: 'VPC link is provisioning ENIs',
      interfaces: [],
      tags: new Map(Object.entries(Tags)),
    };
    cell.apis.privateLinks.set(link.id, link);
    cell.clock.after(LINK_SET_UP_MILLISECONDS, () => setUp(cell, link));
    return describe(link);
  },
  GetVpcLink({ VpcLinkId }, { cell }) {
    return describe(findLink(cell, VpcLinkId));
  },
  GetVpcLinks(paging, { cell }) {
    const { items, nextToken } = page(cell.apis.privateLinks, paging);
    return { Items: items.map(describe), NextToken: nextToken };
  },
  /** Nothing but the name: subnets and security groups stay as they are. */
  UpdateVpcLink({ VpcLinkId, Name }, { cell }) {
    const link = findLink(cell, VpcLinkId);
    link.name = Name ?? link.name;
    return describe(link);
  },
  DeleteVpcLink({ VpcLinkId }, { cell }) {
    const link = findLink(cell, VpcLinkId);
    const user = usersOf(cell, link.id)[0];
    if (user !== undefined)
      throw badRequest(`Cannot delete vpc link. Vpc link '${link.id}' is used by API ${user}`);
    link.status = 'DELETING';
    link.statusMessage = 'VPC link is being deleted';
    cell.clock.after(LINK_DELETION_MILLISECONDS, () => {
      for (const held of link.interfaces) deleteInterface(cell.network, held.id);
      cell.apis.privateLinks.delete(link.id);
    });
    return {};
  },
};

function validate(
  { network }: Cell,
  subnetIds: readonly string[],
  securityGroupIds: readonly string[],
): void {
  if (subnetIds.length === 0) throw badRequest('No subnets specified: a VPC link needs at least one');
  const unknown = subnetIds.find((id) => !network.subnets.has(id));
  if (unknown !== undefined) throw badRequest(`The subnet ID '${unknown}' does not exist`);
  const vpcs = new Set(subnetIds.map((id) => network.subnets.get(id)?.vpcId));
  if (vpcs.size > 1) throw badRequest('Subnets must be in the same VPC');
  const stranger = securityGroupIds.find((id) => !vpcs.has(network.securityGroups.get(id)?.vpcId));
  if (stranger !== undefined) throw badRequest(`The security group '${stranger}' does not exist in the VPC`);
}

function setUp(cell: Cell, link: PrivateLink): void {
  if (link.status !== 'PENDING') return;
  for (const subnetId of link.subnetIds) {
    const subnet = cell.network.subnets.get(subnetId);
    if (!subnet) continue;
    const made = createInterface(cell.network, {
      account: cell.account,
      subnet,
      description: `VPC Link Interface for API Gateway ${link.id}`,
      securityGroupIds: link.securityGroupIds,
      requester: { id: 'amazon-apigateway', interfaceType: 'api_gateway_managed' },
    });
    link.interfaces.push(made);
  }
  const isComplete = link.interfaces.length === link.subnetIds.length;
  link.status = isComplete ? 'AVAILABLE' : 'FAILED';
  link.statusMessage = isComplete ? 'VPC link is ready to route traffic' : 'A subnet of the VPC link is gone';
}

/** Ids of the APIs whose integrations go through the link. */
function usersOf({ apis }: Cell, linkId: string): string[] {
  const http = [...apis.httpApis.values()].filter((api) =>
    [...api.integrations.values()].some(({ ConnectionId }) => ConnectionId === linkId),
  );
  const rest = [...apis.restApis.values()].filter((api) =>
    [...api.resources.values()].some((resource) =>
      [...resource.methods.values()].some(
        ({ methodIntegration }) => methodIntegration?.connectionId === linkId,
      ),
    ),
  );
  return [...http, ...rest].map(({ id }) => id);
}

function describe(link: PrivateLink): VpcLink {
  return {
    VpcLinkId: link.id,
    Name: link.name,
    SubnetIds: link.subnetIds,
    SecurityGroupIds: link.securityGroupIds,
    CreatedDate: new Date(link.createdAt),
    VpcLinkStatus: link.status,
    VpcLinkStatusMessage: link.statusMessage,
    VpcLinkVersion: 'V2',
    Tags: Object.fromEntries(link.tags),
  };
}
