import type { ApiGatewayV2, Route } from '@aws-sdk/client-apigatewayv2';
import type { Operations } from '../../core/service.ts';
import { autoDeploy } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import { assign } from './assign.ts';
import { badRequest, conflict } from './errors.ts';
import { find, findApi } from './lookup.ts';
import { page } from './page.ts';

const ROUTE_KEY =
  /^(\$default|(ANY|GET|PUT|POST|DELETE|PATCH|OPTIONS|HEAD) \/([\w.~:-]+|\{\w+\})?(\/([\w.~:-]+|\{\w+\}))*(\/?\{\w+\+\})?\/?)$/;

export const routes: Operations<ApiGatewayV2> = {
  CreateRoute({ ApiId, ...settings }, { cell }) {
    const api = findApi(cell, ApiId);
    const route: Route = {
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      ...settings,
      RouteKey: settings.RouteKey ?? '',
      RouteId: cell.apis.newId(7),
    };
    validate(api, route);
    api.routes.set(route.RouteId ?? '', route);
    autoDeploy(cell, api);
    return route;
  },
  GetRoute({ ApiId, RouteId }, { cell }) {
    return find(findApi(cell, ApiId).routes, RouteId, 'Route');
  },
  GetRoutes({ ApiId, ...paging }, { cell }) {
    const { items, nextToken } = page(findApi(cell, ApiId).routes, paging);
    return { Items: items, NextToken: nextToken };
  },
  UpdateRoute({ ApiId, RouteId, ...changes }, { cell }) {
    const api = findApi(cell, ApiId);
    const route = find(api.routes, RouteId, 'Route');
    validate(api, assign({ ...route }, changes));
    assign(route, changes);
    autoDeploy(cell, api);
    return route;
  },
  DeleteRoute({ ApiId, RouteId = '' }, { cell }) {
    const api = findApi(cell, ApiId);
    find(api.routes, RouteId, 'Route');
    api.routes.delete(RouteId);
    autoDeploy(cell, api);
    return {};
  },
};

function validate(
  api: HttpApi,
  { RouteId, RouteKey = '', Target, AuthorizationType, AuthorizerId }: Route,
): void {
  if (api.settings.ProtocolType === 'WEBSOCKET') validateWebSocketRoute(RouteKey, AuthorizationType);
  else if (!ROUTE_KEY.test(RouteKey)) {
    throw badRequest(
      `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default": ${RouteKey}`,
    );
  }
  if ([...api.routes.values()].some((other) => other.RouteId !== RouteId && other.RouteKey === RouteKey)) {
    throw conflict(`Route with key ${RouteKey} already exists for this API`);
  }
  const integrationId = /^integrations\/(.+)$/.exec(Target ?? '')?.[1];
  if (Target !== undefined && !api.integrations.has(integrationId ?? '')) {
    throw badRequest(`Invalid target specified: ${Target}`);
  }
  if (
    (AuthorizationType === 'JWT' || AuthorizationType === 'CUSTOM') &&
    !api.authorizers.has(AuthorizerId ?? '')
  ) {
    throw badRequest(`AuthorizerId: ${AuthorizerId} does not exist`);
  }
}

/** Only a connection is authorized; what comes over it later is its own. */
function validateWebSocketRoute(routeKey: string, authorizationType = 'NONE'): void {
  if (routeKey === '' || /^\$(?!(connect|disconnect|default)$)/.test(routeKey)) {
    throw badRequest(`The provided route key is not valid for WebSocket APIs: ${routeKey}`);
  }
  if (routeKey !== '$connect' && authorizationType !== 'NONE') {
    throw badRequest(`Currently, authorization is only supported on the $connect route, not on ${routeKey}`);
  }
}
