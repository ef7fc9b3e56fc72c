import type { APIGateway, Resource as ResourceDescription } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { Resource, RestApi } from '../../world/apis/rest-api.ts';
import { badRequest, conflict } from './errors.ts';
import { findResource, findRestApi } from './lookup.ts';
import { page } from './page.ts';

const LITERAL = /^[a-zA-Z0-9._:~-]+$/;
const VARIABLE = /^\{[a-zA-Z0-9._:~-]+\+?\}$/;

export const resources: Operations<APIGateway> = {
  CreateResource({ restApiId, parentId, pathPart = '' }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const parent = findResource(cell, { restApiId, resourceId: parentId });
    return describe(addResource(cell, api, parent, pathPart), []);
  },
  GetResource({ restApiId, resourceId, embed = [] }, { cell }) {
    return describe(findResource(cell, { restApiId, resourceId }), embed);
  },
  GetResources({ restApiId, embed = [], ...paging }, { cell }) {
    const { items, position } = page(findRestApi(cell, restApiId).resources, paging);
    return { items: items.map((resource) => describe(resource, embed)), position };
  },
  DeleteResource({ restApiId, resourceId }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const resource = findResource(cell, { restApiId, resourceId });
    if (resource.id === api.rootResourceId) throw badRequest('Root resource cannot be deleted');
    for (const { id } of withDescendants(api, resource)) api.resources.delete(id);
    return {};
  },
};

/** @throws AwsError `BadRequestException` or `ConflictException` */
export function addResource(
  { apis }: Cell,
  api: Pick<RestApi, 'resources'>,
  parent: Resource,
  pathPart: string,
): Resource {
  validate(api, parent, pathPart);
  const resource: Resource = {
    id: apis.newId(),
    parentId: parent.id,
    pathPart,
    path: `${parent.path === '/' ? '' : parent.path}/${pathPart}`,
    methods: new Map(),
  };
  api.resources.set(resource.id, resource);
  return resource;
}

function validate(api: Pick<RestApi, 'resources'>, parent: Resource, pathPart: string): void {
  if (!LITERAL.test(pathPart) && !VARIABLE.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the " +
        'beginning and the end.',
    );
  }
  if (parent.pathPart.endsWith('+}')) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  const siblings = [...api.resources.values()].filter(({ parentId }) => parentId === parent.id);
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find((sibling) => VARIABLE.test(sibling.pathPart));
  if (variable && VARIABLE.test(pathPart)) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
}

function* withDescendants(api: RestApi, resource: Resource): Generator<Resource> {
  for (const child of [...api.resources.values()].filter(({ parentId }) => parentId === resource.id)) {
    yield* withDescendants(api, child);
  }
  yield resource;
}

function describe(
  { id, parentId, pathPart, path, methods }: Resource,
  embed: readonly string[],
): ResourceDescription {
  const isEmbedded = embed.includes('methods');
  const resourceMethods = Object.fromEntries(
    [...methods].map(([name, method]) => [name, isEmbedded ? method : {}]),
  );
  return {
    id,
    path,
    ...(parentId !== undefined && { parentId, pathPart }),
    ...(methods.size > 0 && { resourceMethods }),
  };
}
