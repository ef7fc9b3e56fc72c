import type { Authorizer, GatewayResponse, Integration, Method } from '@aws-sdk/client-api-gateway';
import { AwsError } from '../../../core/aws-error.ts';
import type { Cell } from '../../../core/cell.ts';
import type { Resource, RestApi } from '../../../world/apis/rest-api.ts';
import { newAuthorizer } from '../authorizers.ts';
import { badRequest } from '../errors.ts';
import { toIntegration } from '../integrations.ts';
import { addResource } from '../resources.ts';
import {
  asJson,
  type OpenApi,
  type OpenApiOperation,
  operationsOf,
  parseOpenApi,
  scalarText,
  textsOf,
} from './document.ts';
import { importedIntegration } from './imported-integration.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Importing {
  body: string;
  mode: 'merge' | 'overwrite';
  /** `basepath` (`ignore` or `prepend`), `endpointConfigurationTypes`. */
  parameters: Readonly<Record<string, string>>;
}

/**
 * Makes an API what an OpenAPI document says, all or nothing. What it has besides is kept where it is merged.
 *
 * @throws AwsError `BadRequestException`
 */
export function importRestApi(cell: Cell, api: RestApi, { body, mode, parameters }: Importing): void {
  const openApi = parseOpenApi(body);
  const made = draftOf(api, mode);
  const authorizers = importAuthorizers(cell, made, openApi);
  const basePath = parameters.basepath ?? 'ignore';
  if (basePath === 'split')
    throw badRequest('this local AWS cannot split the base path: use ignore or prepend');
  const prefix = basePath === 'prepend' ? openApi.basePath : '';
  for (const operation of operationsOf(openApi)) {
    const resource = ensureResource(cell, made, prefix + operation.path);
    resource.methods.set(operation.method, importMethod(operation, openApi, { authorizers, resource }));
  }
  for (const [type, held] of Object.entries(
    asJson(openApi.document['x-amazon-apigateway-gateway-responses']),
  )) {
    made.gatewayResponses.set(type, gatewayResponse(type, asJson(held)));
  }
  Object.assign(api, made, { settings: { ...api.settings, ...settingsOf(openApi, parameters) } });
}

type Parts = Pick<RestApi, 'rootResourceId' | 'resources' | 'authorizers' | 'gatewayResponses'>;

/** A copy to work on: all that there is, or all but the resources. */
function draftOf(api: RestApi, mode: 'merge' | 'overwrite'): Parts {
  const { rootResourceId } = api;
  const root = { id: rootResourceId, parentId: undefined, pathPart: '', path: '/', methods: new Map() };
  return {
    rootResourceId,
    resources: mode === 'merge' ? structuredClone(api.resources) : new Map([[rootResourceId, root]]),
    authorizers: new Map(api.authorizers),
    gatewayResponses: new Map(api.gatewayResponses),
  };
}

function ensureResource(cell: Cell, api: Parts, path: string): Resource {
  let found = api.resources.get(api.rootResourceId) as Resource;
  for (const pathPart of path.split('/').filter(Boolean)) {
    const parent = found;
    const siblings = [...api.resources.values()].filter(({ parentId }) => parentId === parent.id);
    found = siblings.find((one) => one.pathPart === pathPart) ?? addResource(cell, api, parent, pathPart);
  }
  return found;
}

function importMethod(
  operation: OpenApiOperation,
  openApi: OpenApi,
  { authorizers, resource }: { authorizers: ReadonlyMap<string, Authorizer>; resource: Resource },
): Method {
  const method: Method = {
    httpMethod: operation.method,
    operationName: scalarText(operation.operation.operationId),
    ...accessOf(operation, openApi, authorizers),
    requestParameters: Object.fromEntries(operation.parameters.flatMap(requestParameter)),
    methodResponses: Object.fromEntries(
      Object.keys(asJson(operation.operation.responses)).map((statusCode) => [statusCode, { statusCode }]),
    ),
  };
  if (operation.integration)
    method.methodIntegration = integrate(operation, operation.integration, method, resource);
  return method;
}

function integrate(
  { path, method: name }: OpenApiOperation,
  integration: Json,
  method: Method,
  resource: Resource,
): Integration {
  const { integrationResponses, ...settings } = importedIntegration(integration);
  try {
    return {
      ...toIntegration(settings, method, resource.id),
      ...(integrationResponses && { integrationResponses }),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw badRequest(
      `Errors found during import:\n\tUnable to put integration on '${name}' for resource at path '${path}': ${error.message}`,
    );
  }
}

/** `method.request.path.id`, and whether it must be there. */
function requestParameter(parameter: Json): [string, boolean][] {
  const place = { path: 'path', header: 'header', query: 'querystring' }[String(parameter.in)];
  return place === undefined
    ? []
    : [[`method.request.${place}.${String(parameter.name)}`, parameter.required === true]];
}

/** Who may call: schemes are authorizers, IAM, or API keys. */
function accessOf(
  { security, operation }: OpenApiOperation,
  { securitySchemes }: OpenApi,
  authorizers: ReadonlyMap<string, Authorizer>,
): Pick<Method, 'authorizationType' | 'authorizerId' | 'apiKeyRequired' | 'authorizationScopes'> {
  const named = security.flatMap((alternative) => Object.entries(alternative));
  const isIam =
    asJson(operation['x-amazon-apigateway-auth']).type === 'AWS_IAM' ||
    named.some(([name]) => securitySchemes[name]?.['x-amazon-apigateway-authtype'] === 'awsSigv4');
  const apiKeyRequired = named.some(([name]) => isApiKey(securitySchemes[name]));
  const [scheme, scopes] = named.find(([name]) => authorizers.has(name)) ?? [];
  const authorizer = authorizers.get(scheme ?? '');
  if (!authorizer) return { apiKeyRequired, authorizationType: isIam ? 'AWS_IAM' : 'NONE' };
  const isCognito = authorizer.type === 'COGNITO_USER_POOLS';
  return {
    apiKeyRequired,
    authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
    authorizerId: authorizer.id,
    ...(isCognito && Array.isArray(scopes) && { authorizationScopes: scopes.map(String) }),
  };
}

function isApiKey(scheme: Json = {}): boolean {
  const isPlain =
    !('x-amazon-apigateway-authorizer' in scheme) && !('x-amazon-apigateway-authtype' in scheme);
  return scheme.type === 'apiKey' && isPlain && String(scheme.name).toLowerCase() === 'x-api-key';
}

function importAuthorizers(cell: Cell, api: Parts, { securitySchemes }: OpenApi): Map<string, Authorizer> {
  const made = new Map<string, Authorizer>();
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    if (!('x-amazon-apigateway-authorizer' in scheme)) continue;
    const given = asJson(scheme['x-amazon-apigateway-authorizer']);
    const known = [...api.authorizers.values()].find((authorizer) => authorizer.name === name);
    const authorizer = newAuthorizer(known?.id ?? cell.apis.newId(), {
      name,
      type: scalarText(given.type)?.toUpperCase() as Authorizer['type'],
      authType: scalarText(scheme['x-amazon-apigateway-authtype']) ?? 'custom',
      authorizerUri: scalarText(given.authorizerUri),
      authorizerCredentials: scalarText(given.authorizerCredentials),
      identitySource: scalarText(given.identitySource) ?? `method.request.header.${String(scheme.name)}`,
      identityValidationExpression: scalarText(given.identityValidationExpression),
      providerARNs: [given.providerARNs ?? []].flat().map(String),
      ...(given.authorizerResultTtlInSeconds !== undefined && {
        authorizerResultTtlInSeconds: Number(given.authorizerResultTtlInSeconds),
      }),
    });
    api.authorizers.set(authorizer.id ?? '', authorizer);
    made.set(name, authorizer);
  }
  return made;
}

function gatewayResponse(type: string, held: Json): GatewayResponse {
  return {
    responseType: type as GatewayResponse['responseType'],
    statusCode: scalarText(held.statusCode),
    responseParameters: textsOf(held.responseParameters),
    responseTemplates: textsOf(held.responseTemplates),
    defaultResponse: false,
  };
}

function settingsOf(
  { title, description, version, document }: OpenApi,
  { endpointConfigurationTypes }: Importing['parameters'],
): Partial<RestApi['settings']> {
  const binary = document['x-amazon-apigateway-binary-media-types'];
  const keySource = scalarText(document['x-amazon-apigateway-api-key-source']);
  const policy = document['x-amazon-apigateway-policy'];
  return {
    name: title,
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(Array.isArray(binary) && { binaryMediaTypes: binary.map(String) }),
    ...(keySource !== undefined && { apiKeySource: keySource.toUpperCase() as 'HEADER' | 'AUTHORIZER' }),
    ...(policy !== undefined && { policy: JSON.stringify(policy) }),
    ...(endpointConfigurationTypes !== undefined && {
      endpointConfiguration: { types: [endpointConfigurationTypes as 'REGIONAL'], ipAddressType: 'ipv4' },
    }),
  };
}
