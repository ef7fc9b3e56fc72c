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
  const able = resources.filter((resource) => methodOf(resource, method));
  const matches = able.flatMap((resource) => {
    const pathParameters = matchPath(resource.path, path);
    return pathParameters ? [{ resource, pathParameters }] : [];
  });
  return matches.sort((one, other) => bySpecificity(one.resource.path, other.resource.path))[0];
}

/** A resource's own method, or what it has for any. */
export function methodOf(resource: Resource, method: string): Method | undefined {
  return resource.methods.get(method) ?? resource.methods.get('ANY');
}
