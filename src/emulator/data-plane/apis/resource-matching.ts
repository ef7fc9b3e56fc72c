import type { Method } from '@aws-sdk/client-api-gateway';
import type { Resource } from '../../world/apis/rest-api.ts';

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
    const pathParameters = match(resource.path, path);
    return pathParameters ? [{ resource, pathParameters }] : [];
  });
  return matches.sort((one, other) => rank(one.resource.path).localeCompare(rank(other.resource.path)))[0];
}

/** A resource's own method, or what it has for any. */
export function methodOf(resource: Resource, method: string): Method | undefined {
  return resource.methods.get(method) ?? resource.methods.get('ANY');
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (!value) return undefined;
    if (segment.endsWith('+}'))
      return {
        ...parameters,
        [segment.slice(1, -2)]: path
          .split('/')
          .slice(index + 1)
          .join('/'),
      };
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return given.length === wanted.length ? parameters : undefined;
}

/** What stands between the slashes; one at the end says nothing, but to a greedy variable. */
function segments(path: string): string[] {
  const parts = path.split('/').slice(1);
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** Sorts more specific paths first. */
function rank(path: string): string {
  return segments(path)
    .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
    .join('');
}
