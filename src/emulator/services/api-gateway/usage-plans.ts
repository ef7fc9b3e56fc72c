import type {
  APIGateway,
  PatchOperation,
  QuotaPeriodType,
  QuotaSettings,
  UsagePlan as UsagePlanDescription,
} from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import type { UsagePlan } from '../../world/apis/usage-plan.ts';
import { badRequest } from './errors.ts';
import { findRestApi, findStage, findUsagePlan } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches, type Patchable } from './patch.ts';

const patchable: Patchable<UsagePlan> = {
  '/name': (plan, value = '') => {
    plan.name = value;
  },
  '/description': (plan, value) => {
    plan.description = value;
  },
  '/throttle': (plan) => {
    plan.throttle = undefined;
  },
  '/throttle/rateLimit': (plan, value) => {
    plan.throttle = { ...plan.throttle, rateLimit: Number(value) };
  },
  '/throttle/burstLimit': (plan, value) => {
    plan.throttle = { ...plan.throttle, burstLimit: Number(value) };
  },
  '/quota': (plan) => {
    plan.quota = undefined;
  },
  '/quota/limit': (plan, value) => {
    plan.quota = { ...plan.quota, limit: Number(value) };
  },
  '/quota/period': (plan, value) => {
    plan.quota = { ...plan.quota, period: value as QuotaPeriodType };
  },
  '/quota/offset': (plan, value) => {
    plan.quota = { ...plan.quota, offset: Number(value) };
  },
  '/apiStages/{stage}/throttle/{path}/{method}/{limit}': (plan, value, stage, path, method, limit = '') => {
    const found = plan.apiStages.find(({ apiId, stage: name }) => `${apiId}:${name}` === stage);
    if (!found) throw badRequest(`Usage Plan has no API stage ${stage}`);
    const key = `${path}/${method}`;
    found.throttle = { ...found.throttle, [key]: { ...found.throttle?.[key], [limit]: Number(value) } };
  },
};

export const usagePlans: Operations<APIGateway> = {
  CreateUsagePlan({ name = '', description, apiStages = [], throttle, quota, tags = {} }, { cell }) {
    if (!name) throw badRequest('Usage Plan name cannot be empty');
    for (const { apiId, stage } of apiStages) findStage(findRestApi(cell, apiId), stage);
    validateQuota(quota);
    const plan: UsagePlan = {
      id: cell.apis.newId(),
      ...{ name, description, throttle, quota },
      apiStages: [...apiStages],
      keyIds: new Set(),
      tags: new Map(Object.entries(tags)),
    };
    cell.apis.usagePlans.set(plan.id, plan);
    return describe(plan);
  },
  GetUsagePlan({ usagePlanId }, { cell }) {
    return describe(findUsagePlan(cell, usagePlanId));
  },
  GetUsagePlans({ keyId, ...paging }, { cell }) {
    const all = [...cell.apis.usagePlans].filter(
      ([, { keyIds }]) => keyId === undefined || keyIds.has(keyId),
    );
    const { items, position } = page(new Map(all), paging);
    return { items: items.map(describe), position };
  },
  UpdateUsagePlan({ usagePlanId, patchOperations = [] }, { cell }) {
    const plan = findUsagePlan(cell, usagePlanId);
    const isOfStages = ({ path }: PatchOperation): boolean => path === '/apiStages';
    for (const operation of patchOperations.filter(isOfStages)) changeStages(cell, plan, operation);
    applyPatches(
      plan,
      patchOperations.filter((operation) => !isOfStages(operation)),
      patchable,
    );
    return describe(plan);
  },
  DeleteUsagePlan({ usagePlanId }, { cell }) {
    const plan = findUsagePlan(cell, usagePlanId);
    if (plan.apiStages.length > 0) {
      throw badRequest(`Cannot delete Usage Plan ${plan.id} because there are API stages associated with it`);
    }
    cell.apis.usagePlans.delete(plan.id);
    return {};
  },
};

/** A value such as `<api id>:<stage>` is added to the plan's stages, or taken from them. */
function changeStages(cell: Cell, plan: UsagePlan, { op, value = '' }: PatchOperation): void {
  const [apiId, stage] = value.split(':');
  const others = plan.apiStages.filter((one) => one.apiId !== apiId || one.stage !== stage);
  if (op === 'remove') {
    plan.apiStages = others;
    return;
  }
  findStage(findRestApi(cell, apiId), stage);
  plan.apiStages = [...others, { apiId, stage }];
}

/** How many days a period may be moved by. */
const LARGEST_OFFSETS = { DAY: 0, WEEK: 6, MONTH: 27 };

function validateQuota(quota: QuotaSettings | undefined): void {
  if (!quota) return;
  const { limit = 0, period, offset = 0 } = quota;
  if (period === undefined || limit < 1)
    throw badRequest('Usage Plan quota needs a limit above 0 and a period');
  const largest = LARGEST_OFFSETS[period];
  if (offset < 0 || offset > largest) {
    throw badRequest(
      `Usage Plan quota offset must be between zero and ${largest} inclusive in the ${period} period`,
    );
  }
}

function describe({ keyIds: _, tags, ...plan }: UsagePlan): UsagePlanDescription {
  return { ...plan, tags: Object.fromEntries(tags) };
}
