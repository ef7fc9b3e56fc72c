import type { APIGateway, ApiKey as ApiKeyDescription } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import type { ApiKey } from '../../world/apis/api-key.ts';
import { badRequest, conflict } from './errors.ts';
import { findApiKey } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches, asBoolean, type Patchable } from './patch.ts';

const patchable: Patchable<ApiKey> = {
  '/name': (key, value) => {
    key.name = value;
  },
  '/description': (key, value) => {
    key.description = value;
  },
  '/customerId': (key, value) => {
    key.customerId = value;
  },
  '/enabled': (key, value) => {
    key.enabled = asBoolean(value);
  },
};

export const apiKeys: Operations<APIGateway> = {
  CreateApiKey({ name, description, customerId, enabled = false, value, tags = {} }, { cell }) {
    if (value !== undefined && (value.length < 20 || value.length > 128)) {
      throw badRequest('API Key value should be at least 20 characters, and at most 128');
    }
    if ([...cell.apis.apiKeys.values()].some((key) => key.value === value)) {
      throw conflict('API Key already exists');
    }
    const now = cell.clock.now();
    const key: ApiKey = {
      id: cell.apis.newId(10),
      value: value ?? cell.apis.newId(40),
      ...{ name, description, customerId, enabled },
      createdAt: now,
      updatedAt: now,
      tags: new Map(Object.entries(tags)),
    };
    cell.apis.apiKeys.set(key.id, key);
    return describe(key, true);
  },
  GetApiKey({ apiKey, includeValue }, { cell }) {
    return describe(findApiKey(cell, apiKey), includeValue);
  },
  GetApiKeys({ nameQuery = '', includeValues, ...paging }, { cell }) {
    const named = [...cell.apis.apiKeys].filter(([, { name = '' }]) => name.startsWith(nameQuery));
    const { items, position } = page(new Map(named), paging);
    return { items: items.map((key) => describe(key, includeValues)), position };
  },
  UpdateApiKey({ apiKey, patchOperations }, { cell }) {
    const key = findApiKey(cell, apiKey);
    applyPatches(key, patchOperations, patchable);
    key.updatedAt = cell.clock.now();
    return describe(key, false);
  },
  DeleteApiKey({ apiKey }, { cell }) {
    const { id } = findApiKey(cell, apiKey);
    cell.apis.apiKeys.delete(id);
    for (const plan of cell.apis.usagePlans.values()) plan.keyIds.delete(id);
    return {};
  },
};

/** The value is a secret, and told only where it is asked for. */
function describe(
  { createdAt, updatedAt, tags, value, ...key }: ApiKey,
  isTold: boolean | undefined,
): ApiKeyDescription {
  return {
    ...key,
    ...(isTold && { value }),
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
    stageKeys: [],
    tags: Object.fromEntries(tags),
  };
}
