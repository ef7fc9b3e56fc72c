import type { APIGateway, VpcLink as VpcLinkDescription } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { RestApi } from '../../world/apis/rest-api.ts';
import { SET_UP_MILLISECONDS, type VpcLink } from '../../world/apis/vpc-link.ts';
import { badRequest } from './errors.ts';
import { findVpcLink } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches, type Patchable } from './patch.ts';

const patchable: Patchable<VpcLink> = {
  '/name': (link, value = '') => {
    link.name = value;
  },
  '/description': (link, value) => {
    link.description = value;
  },
};

export const vpcLinks: Operations<APIGateway> = {
  CreateVpcLink({ name, description, targetArns = [], tags = {} }, { cell }) {
    if (!name) throw badRequest('Name cannot be empty');
    if (targetArns.length === 0) throw badRequest('No target arn specified for vpc link.');
    if (targetArns.length > 1) throw badRequest('More than one target arn specified for vpc link.');
    const link: VpcLink = {
      id: cell.apis.newId(),
      name,
      description,
      targetArns: [...targetArns],
      status: 'PENDING',
      statusMessage: undefined,
      tags: new Map(Object.entries(tags)),
    };
    cell.apis.vpcLinks.set(link.id, link);
    cell.clock.after(SET_UP_MILLISECONDS, () => setUp(cell, link));
    return describe(link);
  },
  GetVpcLink({ vpcLinkId }, { cell }) {
    return describe(findVpcLink(cell, vpcLinkId));
  },
  GetVpcLinks(paging, { cell }) {
    const { items, position } = page(cell.apis.vpcLinks, paging);
    return { items: items.map(describe), position };
  },
  UpdateVpcLink({ vpcLinkId, patchOperations }, { cell }) {
    const link = findVpcLink(cell, vpcLinkId);
    applyPatches(link, patchOperations, patchable);
    return describe(link);
  },
  DeleteVpcLink({ vpcLinkId }, { cell }) {
    const { id } = findVpcLink(cell, vpcLinkId);
    const uses = [...cell.apis.restApis.values()].flatMap((api) => usesOf(api, id));
    if (uses.length > 0) {
      throw badRequest(
        `Cannot delete vpc link. Vpc link '${id}', is referenced in [${uses.join(', ')}] in format of ` +
          '[RESTApiId:Method:Resource:Stage].',
      );
    }
    cell.apis.vpcLinks.delete(id);
    return {};
  },
};

function setUp(cell: Cell, link: VpcLink): void {
  const [targetArn = ''] = link.targetArns;
  const isReachable = cell.loadBalancing.loadBalancers.get(targetArn)?.type === 'network';
  link.status = isReachable ? 'AVAILABLE' : 'FAILED';
  link.statusMessage = isReachable ? 'Your vpc link is ready for use' : `NLB ${targetArn} not found`;
}

/** The methods on stages that go through the link. */
function usesOf(api: RestApi, vpcLinkId: string): string[] {
  return [...api.stages.values()].flatMap((stage) =>
    (api.deployments.get(stage.deploymentId)?.resources ?? []).flatMap((resource) =>
      [...resource.methods]
        .filter(([, method]) => method.methodIntegration?.connectionId === vpcLinkId)
        .map(([name]) => `${api.id}:${name}:${resource.id}:${stage.name}`),
    ),
  );
}

function describe({ tags, ...link }: VpcLink): VpcLinkDescription {
  return { ...link, tags: Object.fromEntries(tags) };
}
