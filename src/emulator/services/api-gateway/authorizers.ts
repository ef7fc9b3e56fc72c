import type { APIGateway, Authorizer } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { badRequest, conflict, notFound } from './errors.ts';
import { findRestApi } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches, type Patchable } from './patch.ts';

const patchable: Patchable<Authorizer> = {
  '/name': (authorizer, value) => {
    authorizer.name = value;
  },
  '/authorizerUri': (authorizer, value) => {
    authorizer.authorizerUri = value;
  },
  '/authorizerCredentials': (authorizer, value) => {
    authorizer.authorizerCredentials = value;
  },
  '/authorizerResultTtlInSeconds': (authorizer, value) => {
    authorizer.authorizerResultTtlInSeconds = value === undefined ? undefined : Number(value);
  },
  '/identitySource': (authorizer, value) => {
    authorizer.identitySource = value;
  },
  '/identityValidationExpression': (authorizer, value) => {
    authorizer.identityValidationExpression = value;
  },
};

export const authorizers: Operations<APIGateway> = {
  CreateAuthorizer({ restApiId, ...settings }, { cell }) {
    const api = findRestApi(cell, restApiId);
    if ([...api.authorizers.values()].some(({ name }) => name === settings.name)) {
      throw conflict(
        `Authorizer name must be unique. Authorizer ${settings.name} already exists in this RestApi.`,
      );
    }
    const authorizer = newAuthorizer(cell.apis.newId(), settings);
    api.authorizers.set(authorizer.id ?? '', authorizer);
    return authorizer;
  },
  GetAuthorizer({ restApiId, authorizerId }, { cell }) {
    return find(cell, restApiId, authorizerId);
  },
  GetAuthorizers({ restApiId, ...paging }, { cell }) {
    const all = [...findRestApi(cell, restApiId).authorizers].map(([id, authorizer]) => ({
      ...authorizer,
      id,
    }));
    const { items, position } = page(new Map(all.map((authorizer) => [authorizer.id, authorizer])), paging);
    return { items, position };
  },
  UpdateAuthorizer({ restApiId, authorizerId, patchOperations }, { cell }) {
    const authorizer = find(cell, restApiId, authorizerId);
    applyPatches(authorizer, patchOperations, patchable);
    return authorizer;
  },
  DeleteAuthorizer({ restApiId, authorizerId = '' }, { cell }) {
    find(cell, restApiId, authorizerId);
    findRestApi(cell, restApiId).authorizers.delete(authorizerId);
    return {};
  },
  FlushStageAuthorizersCache({ restApiId }, { cell }) {
    for (const id of findRestApi(cell, restApiId).authorizers.keys())
      cell.apis.authorizerCache.flush(`${id} `);
    return {};
  },
};

/** @throws AwsError `BadRequestException` */
export function newAuthorizer(id: string, settings: Omit<Authorizer, 'id'>): Authorizer {
  const {
    type,
    authorizerUri,
    providerARNs = [],
    identitySource,
    authorizerResultTtlInSeconds: ttl = 300,
  } = settings;
  const isFunction = type === 'TOKEN' || type === 'REQUEST';
  if (isFunction && !authorizerUri)
    throw badRequest('Authorizer URI must be specified for TOKEN and REQUEST authorizers');
  if (type === 'COGNITO_USER_POOLS' && providerARNs.length === 0)
    throw badRequest('Provider ARNs must be specified');
  if (type === 'REQUEST' && ttl > 0 && !identitySource) {
    throw badRequest('Identity source must be specified for REQUEST authorizers whose results are cached');
  }
  if (ttl < 0 || ttl > 3600)
    throw badRequest(`Authorizer result TTL must be from 0 to 3600 seconds, not ${ttl}`);
  return { authType: 'custom', ...settings, authorizerResultTtlInSeconds: ttl, id };
}

function find(cell: Cell, restApiId: string | undefined, id: string | undefined): Authorizer {
  const found = findRestApi(cell, restApiId).authorizers.get(id ?? '');
  if (!found) throw notFound('Invalid Authorizer identifier specified');
  return found;
}
