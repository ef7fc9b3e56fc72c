import type { ResourceProvider } from '../../resource-provider.ts';
import { inApi } from './in-api.ts';

/** `AWS::ApiGatewayV2::Route` */
export const httpRoute: ResourceProvider = inApi({
  id: 'RouteId',
  create: 'CreateRoute',
  update: 'UpdateRoute',
  remove: 'DeleteRoute',
});
