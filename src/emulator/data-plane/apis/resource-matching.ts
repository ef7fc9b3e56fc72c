import type { Method } from '@aws-sdk/client-api-gateway';
import type { Resource } from '../../world/apis/rest-api.ts';
import { bySpecificity, matchPath } from './path-pattern.ts';

/** The resource that serves a path, and what its variables stand for. */
export interface ResourceMatch {
  resource: Resource;
  pathParameters: Record<string, string>;
}

/**
 * The resource that a path (undecoded, from `/`) belongs to. At each step literal text goes before a variable, and a
 * variable before a greedy one. Only resources with a method for the request count.
 */
export function matchResource(
  resources: readonly Resource[],
  path: string,
  method: string,
): ResourceMatch | undefined {
  let best: ResourceMatch | undefined;
  for (const resource of resources) {
    if (!methodOf(resource, method)) continue;
    const pathParameters = matchPath(resource.path, path);
    if (!pathParameters || (best && bySpecificity(best.resource.path, resource.path) <= 0)) continue;
    best = { resource, pathParameters };
  }
  return best;
}

/** A resource's own method, or what it has for any. */
export function methodOf(resource: Resource, method: string): Method | undefined {
  return resource.methods.get(method) ?? resource.methods.get('ANY');
}
