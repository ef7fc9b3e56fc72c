import type { ResourceProvider } from '../../resource-provider.ts';
import { inApi } from './in-api.ts';

/** `AWS::ApiGatewayV2::Authorizer` */
export const httpAuthorizer: ResourceProvider = inApi({
  id: 'AuthorizerId',
  create: 'CreateAuthorizer',
  update: 'UpdateAuthorizer',
  remove: 'DeleteAuthorizer',
});
