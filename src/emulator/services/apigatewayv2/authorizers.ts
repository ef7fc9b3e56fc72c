import type { ApiGatewayV2, Authorizer } from '@aws-sdk/client-apigatewayv2';
import type { Operations } from '../../core/service.ts';
import { autoDeploy } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import { assign } from './assign.ts';
import { badRequest, conflict } from './errors.ts';
import { find, findApi } from './lookup.ts';
import { page } from './page.ts';

export const authorizers: Operations<ApiGatewayV2> = {
  CreateAuthorizer({ ApiId, ...settings }, { cell }) {
    const api = findApi(cell, ApiId);
    const authorizer: Authorizer = {
      ...settings,
      Name: settings.Name ?? '',
      AuthorizerId: cell.apis.newId(),
    };
    validate(authorizer, api);
    api.authorizers.set(authorizer.AuthorizerId ?? '', authorizer);
    autoDeploy(cell, api);
    return authorizer;
  },
  GetAuthorizer({ ApiId, AuthorizerId }, { cell }) {
    return find(findApi(cell, ApiId).authorizers, AuthorizerId, 'Authorizer');
  },
  GetAuthorizers({ ApiId, ...paging }, { cell }) {
    const { items, nextToken } = page(findApi(cell, ApiId).authorizers, paging);
    return { Items: items, NextToken: nextToken };
  },
  UpdateAuthorizer({ ApiId, AuthorizerId, ...changes }, { cell }) {
    const api = findApi(cell, ApiId);
    const authorizer = find(api.authorizers, AuthorizerId, 'Authorizer');
    validate(assign({ ...authorizer }, changes), api);
    assign(authorizer, changes);
    cell.apis.authorizerCache.flush(`${AuthorizerId} `);
    autoDeploy(cell, api);
    return authorizer;
  },
  DeleteAuthorizer({ ApiId, AuthorizerId = '' }, { cell }) {
    const api = findApi(cell, ApiId);
    find(api.authorizers, AuthorizerId, 'Authorizer');
    const user = [...api.routes.values()].find((route) => route.AuthorizerId === AuthorizerId);
    if (user) {
      throw conflict(`Cannot delete Authorizer ${AuthorizerId}, it is referenced by Route ${user.RouteId}`);
    }
    api.authorizers.delete(AuthorizerId);
    autoDeploy(cell, api);
    return {};
  },
  ResetAuthorizersCache({ ApiId }, { cell }) {
    for (const id of findApi(cell, ApiId).authorizers.keys()) cell.apis.authorizerCache.flush(`${id} `);
    return {};
  },
};

/** @throws AwsError `BadRequestException` */
export function validate(
  { AuthorizerType, JwtConfiguration, IdentitySource = [], ...request }: Authorizer,
  { settings }: Pick<HttpApi, 'settings'>,
): void {
  const isWebSocket = settings.ProtocolType === 'WEBSOCKET';
  if (AuthorizerType === 'JWT' && !isWebSocket) {
    if (!JwtConfiguration?.Issuer) throw badRequest('JWT authorizers need an issuer in JwtConfiguration');
    if (IdentitySource.length !== 1)
      throw badRequest('IdentitySource must have one entry for JWT authorizers');
    return;
  }
  if (AuthorizerType !== 'REQUEST') throw badRequest(`Invalid AuthorizerType: ${AuthorizerType}`);
  if (!request.AuthorizerUri) throw badRequest('AuthorizerUri must be specified for REQUEST authorizers');
  if (isWebSocket) return;
  if (!/^[12]\.0$/.test(request.AuthorizerPayloadFormatVersion ?? '')) {
    throw badRequest(
      'AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer: 1.0 or 2.0',
    );
  }
  if ((request.AuthorizerResultTtlInSeconds ?? 0) > 0 && IdentitySource.length === 0) {
    throw badRequest('IdentitySource must be specified where results are cached');
  }
}
