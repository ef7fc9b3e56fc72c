import type { Route } from '@aws-sdk/client-apigatewayv2';
import { bySpecificity, matchPath } from '../path-pattern.ts';

export interface RouteMatch {
  route: Route;
  pathParameters: Record<string, string>;
}

/**
 * The route that a request takes: the most specific path with a method that fits, of two with one path the one that
 * names the method, and `$default` where there is none.
 */
export function matchRoute(routes: Iterable<Route>, method: string, path: string): RouteMatch | undefined {
  const matches: (RouteMatch & { pattern: string; isAny: boolean })[] = [];
  let fallback: RouteMatch | undefined;
  for (const route of routes) {
    const [wanted = '', pattern] = (route.RouteKey ?? '').split(' ');
    if (wanted === '$default') fallback = { route, pathParameters: {} };
    if (pattern === undefined || (wanted !== method && wanted !== 'ANY')) continue;
    const pathParameters = matchPath(pattern, path);
    if (pathParameters) matches.push({ route, pathParameters, pattern, isAny: wanted === 'ANY' });
  }
  matches.sort(
    (one, other) => bySpecificity(one.pattern, other.pattern) || Number(one.isAny) - Number(other.isAny),
  );
  return matches[0] ?? fallback;
}
