import { parse } from 'yaml';
import { badRequest } from '../errors.ts';

type Json = Readonly<Record<string, unknown>>;

/** An API description: OpenAPI 3.0, or 2.0 (Swagger), as far as API Gateway looks at it. */
export interface OpenApi {
  title: string;
  description: string | undefined;
  version: string | undefined;
  /** Path of the first server (3.0) or `basePath` (2.0), without a slash at its end. */
  basePath: string;
  paths: Readonly<Record<string, Json>>;
  securitySchemes: Readonly<Record<string, Json>>;
  /** Of operations that have none of their own. */
  security: readonly Json[] | undefined;
  /** With its `x-amazon-apigateway-…` members. */
  document: Json;
}

/** One operation of a path: what its method answers to, and how. */
export interface OpenApiOperation {
  path: string;
  /** Upper case; `ANY` for `x-amazon-apigateway-any-method`. */
  method: string;
  operation: Json;
  /** Those of the path among them. */
  parameters: readonly Json[];
  /** `x-amazon-apigateway-integration`, references followed. */
  integration: Json | undefined;
  security: readonly Json[];
}

const ANY_METHOD = 'x-amazon-apigateway-any-method';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY_METHOD];

/**
 * Reads JSON or YAML.
 *
 * @throws AwsError `BadRequestException`
 */
export function parseOpenApi(text: string): OpenApi {
  const document = read(text);
  const isVersion3 = /^3\.0/.test(String(document.openapi ?? ''));
  if (!isVersion3 && String(document.swagger) !== '2.0') {
    throw badRequest('Invalid OpenAPI input: it must say openapi 3.0.x or swagger 2.0');
  }
  const info = asJson(document.info);
  if (typeof info.title !== 'string') throw badRequest('Invalid OpenAPI input: info.title is missing');
  return {
    title: info.title,
    description: scalarText(info.description),
    version: scalarText(info.version),
    basePath: basePathOf(document, isVersion3),
    paths: asJson(document.paths) as OpenApi['paths'],
    securitySchemes: asJson(
      isVersion3 ? asJson(document.components).securitySchemes : document.securityDefinitions,
    ) as OpenApi['securitySchemes'],
    security: Array.isArray(document.security) ? document.security : undefined,
    document,
  };
}

/** Every operation, in the order of the document. */
export function operationsOf(api: OpenApi): OpenApiOperation[] {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => {
      const operation = asJson(item[method]);
      const parameters = [item.parameters, operation.parameters].flatMap((list) =>
        Array.isArray(list) ? list : [],
      );
      const integration = operation['x-amazon-apigateway-integration'];
      return {
        path,
        method: method === ANY_METHOD ? 'ANY' : method.toUpperCase(),
        operation,
        parameters: parameters.map((parameter) => follow(api.document, parameter)),
        integration: integration === undefined ? undefined : follow(api.document, integration),
        security: Array.isArray(operation.security) ? operation.security : (api.security ?? []),
      };
    }),
  );
}

/** An object, empty where it is none. */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** Text, of numbers and truth values too; undefined of anything else. */
export function scalarText(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** A map of texts. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asJson(value)).map(([name, held]) => [name, String(held)]));
}

function read(text: string): Json {
  try {
    return asJson(text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text));
  } catch (error) {
    throw badRequest(`Invalid OpenAPI input: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function basePathOf(document: Json, isVersion3: boolean): string {
  if (!isVersion3) return (scalarText(document.basePath) ?? '').replace(/\/$/, '');
  const server = asJson(Array.isArray(document.servers) ? document.servers[0] : undefined);
  const variables = asJson(server.variables);
  const url = (scalarText(server.url) ?? '').replace(/\{(\w+)\}/g, (_whole, name: string) =>
    (scalarText(asJson(variables[name]).default) ?? '').replace(/^\//, ''),
  );
  return url.replace(/^https?:\/\/[^/]*/, '').replace(/\/$/, '');
}

/** `{ "$ref": "#/components/…" }` is what stands there. */
function follow(document: Json, value: unknown): Json {
  const reference = scalarText(asJson(value).$ref);
  if (reference === undefined) return asJson(value);
  const steps = reference.replace(/^#\//, '').split('/');
  let found: unknown = document;
  for (const step of steps) found = asJson(found)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  if (found === undefined) throw badRequest(`Invalid OpenAPI input: ${reference} refers to nothing`);
  return asJson(found);
}
