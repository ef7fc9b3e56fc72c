import type { LoadBalancer } from './load-balancer.ts';
import type { Registration, TargetGroup } from './target-group.ts';
import { placesOf, type TargetPlace, type TargetWorld } from './target-place.ts';

/** A target, and one of the places that it is found at. */
export interface Route {
  target: Registration;
  place: TargetPlace;
}

/**
 * Where a new flow may go: to healthy targets, or, when there are none, to every target that is not draining (a load
 * balancer whose targets are all unhealthy fails open). A zone restricts both to what is in it.
 */
export function routesTo(world: TargetWorld, group: TargetGroup, zone?: string): Route[] {
  const healthy = routes(world, group, zone, isHealthy);
  return healthy.length > 0 ? healthy : routes(world, group, zone, isLastResort);
}

/** Whether a group has a healthy target, in a zone or in any. */
export function isServed(world: TargetWorld, group: TargetGroup, zone?: string): boolean {
  for (const target of group.registrations.values()) {
    if (isHealthy(target) && placesOf(world, group, target, zone).length > 0) return true;
  }
  return false;
}

/** The zone that a node in `zone` must keep to; undefined where it may use targets of all. */
export function zoneFor(balancer: LoadBalancer, group: TargetGroup, zone: string): string | undefined {
  const own = group.attributes.get('load_balancing.cross_zone.enabled');
  const isOwn = own === 'true' || own === 'false';
  const inherited = balancer.attributes.get('load_balancing.cross_zone.enabled');
  const fallback = String(balancer.type === 'application');
  const isCrossZone = (isOwn ? own : (inherited ?? fallback)) === 'true';
  return isCrossZone ? undefined : zone;
}

function routes(
  world: TargetWorld,
  group: TargetGroup,
  zone: string | undefined,
  isWanted: (target: Registration) => boolean,
): Route[] {
  const found: Route[] = [];
  for (const target of group.registrations.values()) {
    if (!isWanted(target)) continue;
    for (const place of placesOf(world, group, target, zone)) found.push({ target, place });
  }
  return found;
}

const isHealthy = ({ state }: Registration): boolean => state === 'healthy';

const isLastResort = ({ state }: Registration): boolean => state === 'unhealthy' || state === 'unavailable';
