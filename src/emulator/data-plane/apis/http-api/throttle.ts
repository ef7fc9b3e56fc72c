import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { HttpApiRequest } from './http-api-request.ts';

/** Whether the stage's limits let a request pass: those of its route, or else those of all routes. */
export function isWithinLimits({ cell, api, stage, route }: HttpApiRequest): boolean {
  const own = stage.routeSettings.get(route.RouteKey ?? '');
  const settings = isLimit(own) ? own : stage.defaultRouteSettings;
  if (!isLimit(settings)) return true;
  // A limit of all routes is one of each of them.
  return cell.apis.throttles.take(`${api.id}/${stage.name}/${route.RouteKey}`, {
    rate: settings.ThrottlingRateLimit ?? Number.POSITIVE_INFINITY,
    burst: settings.ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY,
  });
}

function isLimit(settings: RouteSettings | undefined): settings is RouteSettings {
  return settings?.ThrottlingRateLimit !== undefined || settings?.ThrottlingBurstLimit !== undefined;
}
