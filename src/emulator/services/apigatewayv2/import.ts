import type { Authorizer, Cors, CreateIntegrationRequest, Route } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import { autoDeploy } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi } from '../../world/apis/http-api.ts';
import {
  asJson,
  type OpenApi,
  type OpenApiOperation,
  operationsOf,
  parseOpenApi,
  scalarText,
  textsOf,
} from '../api-gateway/open-api/document.ts';
import { assign } from './assign.ts';
import { validate } from './authorizers.ts';
import { badRequest } from './errors.ts';
import { newIntegration } from './integrations.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Makes an API what an OpenAPI document says, all or nothing; what it was before is gone.
 *
 * @throws AwsError `BadRequestException`
 */
export function importInto(cell: Cell, api: HttpApi, body: string, basePath: string | undefined): void {
  const openApi = parseOpenApi(body);
  const made: HttpApi = { ...api, routes: new Map(), integrations: new Map(), authorizers: new Map() };
  const authorizerIds = new Map(
    Object.entries(openApi.securitySchemes).flatMap(([name, scheme]) => {
      const id = makeAuthorizer(cell, made, name, scheme);
      return id === undefined ? [] : [[name, id] as const];
    }),
  );
  const prefix = basePath === 'prepend' ? openApi.basePath : '';
  for (const operation of operationsOf(openApi)) makeRoute(cell, made, operation, { prefix, authorizerIds });
  const { routes, integrations, authorizers } = made;
  Object.assign(api, { routes, integrations, authorizers });
  assign(api.settings, settingsOf(openApi));
  autoDeploy(cell, api);
}

function settingsOf({ title, description, version, document }: OpenApi): Partial<HttpApi['settings']> {
  const cors = document['x-amazon-apigateway-cors'];
  return {
    Name: title,
    ...(description !== undefined && { Description: description }),
    ...(version !== undefined && { Version: version }),
    ...(cors !== undefined && { CorsConfiguration: capitalized(asJson(cors)) as Cors }),
  };
}

interface Importing {
  prefix: string;
  authorizerIds: ReadonlyMap<string, string>;
}

function makeRoute(
  cell: Cell,
  api: HttpApi,
  { path, method, integration, operation, security }: OpenApiOperation,
  { prefix, authorizerIds }: Importing,
): void {
  if (!integration)
    throw badRequest(`Unable to import API: no x-amazon-apigateway-integration at ${method} ${path}`);
  const { IntegrationId } = newIntegration(cell, api, integrationOf(integration));
  const [scheme, scopes] = Object.entries(security[0] ?? {})[0] ?? [];
  const AuthorizerId = authorizerIds.get(scheme ?? '');
  const route: Route = {
    RouteId: cell.apis.newId(7),
    RouteKey: path === '/$default' ? '$default' : `${method} ${prefix}${path}`,
    Target: `integrations/${IntegrationId}`,
    ApiKeyRequired: false,
    OperationName: scalarText(operation.operationId),
    AuthorizationType: 'NONE',
  };
  if (AuthorizerId !== undefined) {
    const isJwt = api.authorizers.get(AuthorizerId)?.AuthorizerType === 'JWT';
    Object.assign(route, { AuthorizerId, AuthorizationType: isJwt ? 'JWT' : 'CUSTOM' });
    if (isJwt && Array.isArray(scopes)) route.AuthorizationScopes = scopes.map(String);
  } else if (asJson(operation['x-amazon-apigateway-auth']).type === 'AWS_IAM')
    route.AuthorizationType = 'AWS_IAM';
  api.routes.set(route.RouteId ?? '', route);
}

function integrationOf(given: Json): Omit<CreateIntegrationRequest, 'ApiId'> {
  const settings = {
    IntegrationType: scalarText(given.type)?.toUpperCase(),
    IntegrationMethod: scalarText(given.httpMethod)?.toUpperCase(),
    IntegrationUri: scalarText(given.uri),
    ConnectionType: scalarText(given.connectionType),
    ConnectionId: scalarText(given.connectionId),
    PayloadFormatVersion: scalarText(given.payloadFormatVersion),
    CredentialsArn: scalarText(given.credentials),
    TimeoutInMillis: given.timeoutInMillis === undefined ? undefined : Number(given.timeoutInMillis),
    RequestParameters: given.requestParameters && textsOf(given.requestParameters),
    ResponseParameters: given.responseParameters && responsesOf(asJson(given.responseParameters)),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Omit<
    CreateIntegrationRequest,
    'ApiId'
  >;
}

function responsesOf(byStatus: Json): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(byStatus).map(([status, held]) => [status, textsOf(held)]));
}

/** The id of the authorizer that a security scheme describes; none where it describes none. */
function makeAuthorizer(cell: Cell, api: HttpApi, Name: string, scheme: Json): string | undefined {
  const given = asJson(scheme['x-amazon-apigateway-authorizer']);
  const type = scalarText(given.type)?.toUpperCase();
  if (type === undefined) return undefined;
  const source = scalarText(given.identitySource);
  const jwt = asJson(given.jwtConfiguration);
  const AuthorizerId = cell.apis.newId();
  const authorizer: Authorizer = {
    AuthorizerId,
    Name: scalarText(given.name) ?? Name,
    AuthorizerType: type === 'JWT' ? 'JWT' : 'REQUEST',
    IdentitySource: source === undefined ? [] : source.split(',').map((part) => part.trim()),
    ...(type === 'JWT' && {
      JwtConfiguration: { Issuer: scalarText(jwt.issuer), Audience: [jwt.audience ?? []].flat().map(String) },
    }),
    ...(type !== 'JWT' && {
      AuthorizerUri: scalarText(given.authorizerUri),
      AuthorizerPayloadFormatVersion: scalarText(given.authorizerPayloadFormatVersion),
      AuthorizerResultTtlInSeconds: Number(given.authorizerResultTtlInSeconds ?? 0),
      EnableSimpleResponses: given.enableSimpleResponses === true,
    }),
  };
  validate(authorizer, api);
  api.authorizers.set(AuthorizerId, authorizer);
  return AuthorizerId;
}

function capitalized(given: Json): Json {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
