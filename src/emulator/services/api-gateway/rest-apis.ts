import type {
  APIGateway,
  CreateRestApiRequest,
  RestApi as RestApiDescription,
} from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
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
  '/version': ({ settings }, value) => {
    settings.version = value;
  },
  '/apiKeySource': ({ settings }, value) => {
    settings.apiKeySource = value as 'HEADER' | 'AUTHORIZER';
  },
  '/minimumCompressionSize': ({ settings }, value) => {
    settings.minimumCompressionSize = value === undefined ? undefined : Number(value);
  },
  '/endpointConfiguration/types/{index}': ({ settings }, value = 'EDGE') => {
    settings.endpointConfiguration = { ...settings.endpointConfiguration, types: [value as 'EDGE'] };
  },
  '/binaryMediaTypes/{type}': ({ settings }, value, type = '') => {
    const others = (settings.binaryMediaTypes ?? []).filter((other) => other !== type);
    settings.binaryMediaTypes = value === undefined ? others : [...others, type];
  },
  '/disableExecuteApiEndpoint': ({ settings }, value) => {
    settings.disableExecuteApiEndpoint = asBoolean(value);
  },
};

export const restApis: Operations<APIGateway> = {
  CreateRestApi(input, { cell }) {
    const api = newRestApi(cell, input);
    cell.apis.restApis.set(api.id, api);
    return describeRestApi(api);
  },
  GetRestApi({ restApiId }, { cell }) {
    return describeRestApi(findRestApi(cell, restApiId));
  },
  GetRestApis(paging, { cell }) {
    const { items, position } = page(cell.apis.restApis, paging);
    return { items: items.map(describeRestApi), position };
  },
  UpdateRestApi({ restApiId, patchOperations }, { cell }) {
    const api = findRestApi(cell, restApiId);
    applyPatches(api, patchOperations, patchable);
    return describeRestApi(api);
  },
  DeleteRestApi({ restApiId }, { cell }) {
    cell.apis.restApis.delete(findRestApi(cell, restApiId).id);
    return {};
  },
};

/** @throws AwsError `BadRequestException` */
export function newRestApi(cell: Cell, { cloneFrom, tags = {}, ...settings }: CreateRestApiRequest): RestApi {
  if (!settings.name) throw badRequest('Name cannot be empty');
  if (cloneFrom !== undefined) throw badRequest('this local AWS cannot clone an API: leave cloneFrom out');
  const rootResourceId = cell.apis.newId(10);
  return {
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
}

export function describeRestApi({
  id,
  createdAt,
  settings,
  tags,
  rootResourceId,
}: RestApi): RestApiDescription {
  return {
    ...settings,
    id,
    createdDate: new Date(createdAt),
    tags: Object.fromEntries(tags),
    rootResourceId,
  };
}
