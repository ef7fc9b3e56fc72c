import type { APIGateway, UsagePlanKey } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import type { ApiKey } from '../../world/apis/api-key.ts';
import { badRequest, conflict, notFound } from './errors.ts';
import { findApiKey, findUsagePlan } from './lookup.ts';
import { page } from './page.ts';

const DAY = 86_400_000;

export const usagePlanKeys: Operations<APIGateway> = {
  CreateUsagePlanKey({ usagePlanId, keyId, keyType }, { cell }) {
    const plan = findUsagePlan(cell, usagePlanId);
    if (keyType !== 'API_KEY') throw badRequest('Usage Plan Key type must be API_KEY');
    const key = findApiKey(cell, keyId);
    if (plan.keyIds.has(key.id)) throw conflict(`${key.id} is already subscribed to this Usage Plan`);
    plan.keyIds.add(key.id);
    return describe(key);
  },
  GetUsagePlanKey({ usagePlanId, keyId = '' }, { cell }) {
    if (!findUsagePlan(cell, usagePlanId).keyIds.has(keyId)) throw unknownKey();
    return describe(findApiKey(cell, keyId));
  },
  GetUsagePlanKeys({ usagePlanId, nameQuery = '', ...paging }, { cell }) {
    const keys = [...findUsagePlan(cell, usagePlanId).keyIds].map((id) => findApiKey(cell, id));
    const named = keys.filter(({ name = '' }) => name.startsWith(nameQuery));
    const { items, position } = page(new Map(named.map((key) => [key.id, key])), paging);
    return { items: items.map(describe), position };
  },
  DeleteUsagePlanKey({ usagePlanId, keyId = '' }, { cell }) {
    if (!findUsagePlan(cell, usagePlanId).keyIds.delete(keyId)) throw unknownKey();
    return {};
  },
  /** For each key and day: how much was used, and how much of the quota was left. */
  GetUsage({ usagePlanId, keyId, startDate = '', endDate = '' }, { cell }) {
    const plan = findUsagePlan(cell, usagePlanId);
    const [first, last] = [Date.parse(startDate), Date.parse(endDate)];
    if (Number.isNaN(first) || Number.isNaN(last) || last < first) {
      throw badRequest(`Invalid dates: from ${startDate} to ${endDate}`);
    }
    const items: Record<string, number[][]> = {};
    for (const id of keyId === undefined ? plan.keyIds : [keyId]) {
      let left = plan.quota?.limit ?? 0;
      const days: number[][] = [];
      for (let day = first; day <= last; day += DAY) {
        const used = cell.apis.quotaUsage.usedOn(plan.id, id, day);
        if (plan.quota?.period === 'DAY') left = plan.quota.limit ?? 0;
        left = Math.max(0, left - used);
        days.push([used, left]);
      }
      items[id] = days;
    }
    return { usagePlanId, startDate, endDate, items };
  },
};

function unknownKey(): ReturnType<typeof notFound> {
  return notFound('Invalid Usage Plan Key identifier specified');
}

function describe({ id, name, value }: ApiKey): UsagePlanKey {
  return { id, type: 'API_KEY', name, value };
}
