import type { ThrottleSettings } from '@aws-sdk/client-api-gateway';
import type { ApiKey } from '../../../world/apis/api-key.ts';
import type { UsagePlan } from '../../../world/apis/usage-plan.ts';
import { valuesOf } from '../../http/header-pairs.ts';
import type { ApiRequest } from '../api-request.ts';
import { forbidden, type GatewayAnswer, quotaExceeded, throttled } from '../gateway-answer.ts';

/** Refuses a method that needs an API key to who has none, or has used up what the key's usage plan gives. */
export function refuseWithoutKey(request: ApiRequest): GatewayAnswer | undefined {
  if (!request.method.apiKeyRequired) return undefined;
  const { apis } = request.cell;
  const value = keyValue(request);
  const key = [...apis.apiKeys.values()].find((one) => one.value === value);
  const plan = key?.enabled ? planOf(key, request) : undefined;
  if (!key || !plan) return forbidden();
  const bucket = `${plan.id} ${key.id}`;
  const own = methodLimit(plan, request);
  if (own && !take(request, `${bucket} ${request.resource.id} ${request.method.httpMethod}`, own))
    return throttled();
  if (!own && plan.throttle && !take(request, bucket, plan.throttle)) return throttled();
  return apis.quotaUsage.take(plan.id, key.id, plan.quota) ? undefined : quotaExceeded();
}

/** The header, or what the authorizer made of the request. */
function keyValue({ api, headers, authorizer }: ApiRequest): string | undefined {
  if (api.settings.apiKeySource !== 'AUTHORIZER') return valuesOf(headers, 'x-api-key')[0];
  return authorizer?.usageIdentifierKey as string | undefined;
}

function planOf({ id }: ApiKey, { cell, api, stage }: ApiRequest): UsagePlan | undefined {
  return [...cell.apis.usagePlans.values()].find(
    ({ keyIds, apiStages }) =>
      keyIds.has(id) && apiStages.some((one) => one.apiId === api.id && one.stage === stage.name),
  );
}

function methodLimit(
  plan: UsagePlan,
  { api, stage, resource, method }: ApiRequest,
): ThrottleSettings | undefined {
  const found = plan.apiStages.find((one) => one.apiId === api.id && one.stage === stage.name);
  return found?.throttle?.[`${resource.path}/${method.httpMethod}`];
}

function take({ cell }: ApiRequest, key: string, { rateLimit, burstLimit }: ThrottleSettings): boolean {
  return cell.apis.throttles.take(key, {
    rate: rateLimit ?? Number.POSITIVE_INFINITY,
    burst: burstLimit ?? Number.POSITIVE_INFINITY,
  });
}
