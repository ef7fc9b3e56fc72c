import type { APIGateway, RestApi as RestApiDescription } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import type { RestApi } from '../../world/apis/rest-api.ts';
import { badRequest } from './errors.ts';
import { findRestApi } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches, asBoolean, type Patchable } from './patch.ts';

const patchable: Patchable<RestApi> = {
  '/name': ({ settings }, value) => {
    settings.name = value;
  },
  '/description': ({ settings }, value) => {
    settings.description = value;
  },
  '/policy': ({ settings }, value) => {
    settings.policy = value;
  },
  '/disableExecuteApiEndpoint': ({ settings }, value) => {
    settings.disableExecuteApiEndpoint = asBoolean(value);
  },
};

export const restApis: Operations<APIGateway> = {
  CreateRestApi({ cloneFrom, tags = {}, ...settings }, { cell }) {
    if (!settings.name) throw badRequest('Name cannot be empty');
    if (cloneFrom !== undefined) throw badRequest('this local AWS cannot clone an API: leave cloneFrom out');
    const rootResourceId = cell.apis.newId(10);
    const api: RestApi = {
      id: cell.apis.newId(10),
      createdAt: cell.clock.now(),
      settings: {
        apiKeySource: 'HEADER',
        endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
        disableExecuteApiEndpoint: false,
        ...settings,
      },
      tags: new Map(Object.entries(tags)),
      rootResourceId,
      resources: new Map([
        [
          rootResourceId,
          { id: rootResourceId, parentId: undefined, pathPart: '', path: '/', methods: new Map() },
        ],
      ]),
      authorizers: new Map(),
      requestValidators: new Map(),
      gatewayResponses: new Map(),
      deployments: new Map(),
      stages: new Map(),
    };
    cell.apis.restApis.set(api.id, api);
    return describe(api);
  },
  GetRestApi({ restApiId }, { cell }) {
    return describe(findRestApi(cell, restApiId));
  },
  GetRestApis(paging, { cell }) {
    const { items, position } = page(cell.apis.restApis, paging);
    return { items: items.map(describe), position };
  },
  UpdateRestApi({ restApiId, patchOperations }, { cell }) {
    const api = findRestApi(cell, restApiId);
    applyPatches(api, patchOperations, patchable);
    return describe(api);
  },
  DeleteRestApi({ restApiId }, { cell }) {
    cell.apis.restApis.delete(findRestApi(cell, restApiId).id);
    return {};
  },
};

function describe({ id, createdAt, settings, tags, rootResourceId }: RestApi): RestApiDescription {
  return {
    ...settings,
    id,
    createdDate: new Date(createdAt),
    tags: Object.fromEntries(tags),
    rootResourceId,
  };
}
