import type { ApiRequest } from '../api-request.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import { throttled } from '../gateway-answer.ts';

/** Refuses what is beyond the stage's limits: those of the method, or else those of every method. */
export function refuseBeyondLimits({
  cell,
  api,
  stage,
  resource,
  method,
}: ApiRequest): GatewayAnswer | undefined {
  const own = stage.methodSettings.get(`${resource.path.replace(/^\/(?=.)/, '')}/${method.httpMethod}`);
  const all = stage.methodSettings.get('*/*');
  const rate = own?.throttlingRateLimit ?? all?.throttlingRateLimit;
  const burst = own?.throttlingBurstLimit ?? all?.throttlingBurstLimit;
  if (rate === undefined && burst === undefined) return undefined;
  const key = `${api.id}/${stage.name}${resource.path}/${method.httpMethod}`;
  const limit = { rate: rate ?? Number.POSITIVE_INFINITY, burst: burst ?? Number.POSITIVE_INFINITY };
  return cell.apis.throttles.take(key, limit) ? undefined : throttled();
}
