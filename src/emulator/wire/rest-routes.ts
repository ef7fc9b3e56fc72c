import type { HttpRequest } from '../core/http-route.ts';
import type { Service, ServiceModel } from '../core/service.ts';
import { type OperationSchema, operationsOf } from './operation-schema.ts';

export interface RestMatch {
  operation: OperationSchema;
  labels: Record<string, string>;
}

interface Route {
  operation: OperationSchema;
  method: string;
  pattern: RegExp;
  /** Query parameters that must be there, with a value where the model fixes one. */
  query: [name: string, value: string | undefined][];
  /** Fixed characters of the pattern: of two routes that match, the more literal one is meant. */
  literal: number;
}

const cache = new WeakMap<ServiceModel, Route[]>();

/**
 * Finds the operation that a request's method, path and fixed query parameters name. Where the model leaves two that
 * fit (S3 tells a copy from a put by a header alone), the one named by `x-id`, then the one implemented here, is meant.
 */
export function matchRest(service: Service, request: HttpRequest): RestMatch | undefined {
  const fitting = routesOf(service.model).filter((route) => fits(route, request));
  const route =
    fitting.find(({ operation }) => operation.name === request.query.get('x-id')) ??
    fitting.find(({ operation }) => operation.name in service.operations) ??
    fitting[0];
  if (!route) return undefined;
  const labels = Object.entries(route.pattern.exec(request.path)?.groups ?? {});
  return {
    operation: route.operation,
    labels: Object.fromEntries(labels.map(([name, text]) => [name, decodeURIComponent(text)])),
  };
}

function fits(route: Route, request: HttpRequest): boolean {
  return (
    route.method === request.method &&
    route.pattern.test(request.path) &&
    route.query.every(([name, value]) => hasQuery(request.query, name, value))
  );
}

function hasQuery(query: URLSearchParams, name: string, value: string | undefined): boolean {
  return value === undefined ? query.has(name) : query.get(name) === value;
}

function routesOf(model: ServiceModel): Route[] {
  const known = cache.get(model);
  if (known) return known;
  const routes: Route[] = [];
  for (const operation of operationsOf(model).values()) {
    if (operation.http) routes.push(toRoute(model, operation, operation.http));
  }
  routes.sort((one, other) => other.query.length - one.query.length || other.literal - one.literal);
  cache.set(model, routes);
  return routes;
}

function toRoute(
  model: ServiceModel,
  operation: OperationSchema,
  [method, uri]: readonly [string, string, number],
): Route {
  const [path = '', fixed = ''] = uri.split('?');
  const fixedQuery = [...new URLSearchParams(fixed)].filter(([name]) => name !== 'x-id');
  return {
    operation,
    method,
    pattern: toPattern(withBucket(model, operation, path)),
    query: fixedQuery.map(([name, value]) => [name, value === '' ? undefined : value]),
    literal: path.replace(/\{[^}]*\}/g, '').length + (fixedQuery.length > 0 ? 1 : 0),
  };
}

/** S3's model leaves the bucket out of its paths, for clients put it into the host or the path; here it is in the path. */
function withBucket(model: ServiceModel, operation: OperationSchema, path: string): string {
  if (model.protocol !== 'rest-xml' || !operation.input.isStructSchema()) return path;
  return Object.hasOwn(operation.input.getMemberSchemas(), 'Bucket')
    ? `/{Bucket}${path === '/' ? '' : path}`
    : path;
}

function toPattern(path: string): RegExp {
  const source = path
    .replace(/[.$()|^]/g, '\\$&')
    .replace(/\{(\w+)\+\}/g, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/?$`);
}
