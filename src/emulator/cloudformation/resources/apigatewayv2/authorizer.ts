import { CreateAuthorizerRequest$, UpdateAuthorizerRequest$ } from '@aws-sdk/client-apigatewayv2';
import type { ResourceProvider } from '../../resource-provider.ts';
import { inApi } from './in-api.ts';

/** `AWS::ApiGatewayV2::Authorizer` */
export const httpAuthorizer: ResourceProvider = inApi({
  id: 'AuthorizerId',
  create: 'CreateAuthorizer',
  createSchema: CreateAuthorizerRequest$,
  update: 'UpdateAuthorizer',
  updateSchema: UpdateAuthorizerRequest$,
  remove: 'DeleteAuthorizer',
});
