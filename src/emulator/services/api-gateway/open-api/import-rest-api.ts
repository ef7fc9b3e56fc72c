import type { Authorizer, Integration, Method } from '@aws-sdk/client-api-gateway';
import { AwsError } from '../../../core/aws-error.ts';
import type { Cell } from '../../../core/cell.ts';
import type { Resource, RestApi } from '../../../world/apis/rest-api.ts';
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
} from './document.ts';
import { accessOf, importAuthorizers } from './imported-access.ts';
import { importedIntegration } from './imported-integration.ts';
import { importedGatewayResponses, importedSettings } from './imported-settings.ts';

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
  for (const [type, response] of importedGatewayResponses(openApi)) made.gatewayResponses.set(type, response);
  Object.assign(api, made, { settings: { ...api.settings, ...importedSettings(openApi, parameters) } });
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
