import type { Route } from '../../world/load-balancing/routing.ts';

/**
 * The route that a client always gets: of all, the one whose name and the client's have the highest hash together. When
 * a target comes or goes, only the clients it gets or had change theirs.
 */
export function stickyRoute(routes: readonly Route[], client: string): Route | undefined {
  let best: { route: Route; weight: number } | undefined;
  for (const route of routes) {
    const weight = hash(`${client} ${route.place.address}:${route.place.port}`);
    if (!best || weight > best.weight) best = { route, weight };
  }
  return best?.route;
}

/** FNV-1a, its bits mixed once more: alike texts must not have alike hashes. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 13)) >>> 0;
}
