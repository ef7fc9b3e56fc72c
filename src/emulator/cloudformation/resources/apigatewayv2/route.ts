import { CreateRouteRequest$, UpdateRouteRequest$ } from '@aws-sdk/client-apigatewayv2';
import type { ResourceProvider } from '../../resource-provider.ts';
import { inApi } from './in-api.ts';

/** `AWS::ApiGatewayV2::Route` */
export const httpRoute: ResourceProvider = inApi({
  id: 'RouteId',
  create: 'CreateRoute',
  createSchema: CreateRouteRequest$,
  update: 'UpdateRoute',
  updateSchema: UpdateRouteRequest$,
  remove: 'DeleteRoute',
});
