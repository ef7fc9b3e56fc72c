import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Route, routesTo } from '../../world/load-balancing/routing.ts';
import { type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import type { TargetPlace } from '../../world/load-balancing/target-place.ts';
import type { HeaderPairs } from '../http/header-pairs.ts';
import { chooseTargetGroup } from './forwarding.ts';
import type { NodeListener } from './node-listener.ts';
import { readSeal, sealed, setsCookie } from './sticky-cookie.ts';

interface ChosenGroup {
  group: TargetGroup;
  cookies: HeaderPairs;
}

/** The group of a forward: the one the client had before, where groups are sticky, or one by weight. */
export function chooseGroup(
  { cell, random }: NodeListener,
  action: Action,
  headers: HeaderPairs,
): ChosenGroup | undefined {
  const groups = cell.loadBalancing.targetGroups;
  const { TargetGroupStickinessConfig: sticky, TargetGroups: tuples } = action.ForwardConfig ?? {};
  const before = sticky?.Enabled ? readSeal(headers, 'AWSALBTG', cell.clock.now()) : undefined;
  const isNamed = tuples?.some(({ TargetGroupArn }) => TargetGroupArn === before) ?? false;
  const kept = isNamed ? groups.get(before ?? '') : undefined;
  const group = kept ?? chooseTargetGroup(groups, action, random);
  if (!group || !sticky?.Enabled) return group && { group, cookies: [] };
  const seconds = sticky.DurationSeconds ?? 3600;
  return { group, cookies: sealed('AWSALBTG', group.arn, seconds, cell.clock.now()) };
}

interface ChosenPlace {
  place: TargetPlace;
  cookies(answer: HeaderPairs): HeaderPairs;
}

/** The target of a group: the one the client had before, where the group is sticky and it still serves, or any. */
export function chooseSticky(
  { cell, random }: NodeListener,
  { group, zone, headers }: { group: TargetGroup; zone: string | undefined; headers: HeaderPairs },
): ChosenPlace | undefined {
  const routes = routesTo(cell, group, zone);
  const any = (): Route | undefined => routes[Math.floor(random() * routes.length)];
  const stickiness = stickinessOf(group);
  if (!stickiness) return asChosen(any(), () => []);
  const now = cell.clock.now();
  const before = readSeal(headers, stickiness.cookie, now);
  const kept = routes.find((route) => keyOf(route) === before);
  const route = kept ?? any();
  const cookie = route ? sealed(stickiness.cookie, keyOf(route), stickiness.seconds, now) : [];
  const { follows } = stickiness;
  return asChosen(route, (answer) => (follows === undefined || setsCookie(answer, follows) ? cookie : []));
}

interface Stickiness {
  cookie: string;
  seconds: number;
  /** The application's cookie: stickiness begins, and begins anew, with each answer that sets it. */
  follows: string | undefined;
}

function stickinessOf({ attributes }: TargetGroup): Stickiness | undefined {
  if (attributes.get('stickiness.enabled') !== 'true') return undefined;
  const type = attributes.get('stickiness.type') ?? 'lb_cookie';
  const seconds = Number(attributes.get(`stickiness.${type}.duration_seconds`) ?? 86_400);
  if (type !== 'app_cookie') return { cookie: 'AWSALB', seconds, follows: undefined };
  return { cookie: 'AWSALBAPP-0', seconds, follows: attributes.get('stickiness.app_cookie.cookie_name') };
}

function asChosen(
  route: Route | undefined,
  cookies: (answer: HeaderPairs) => HeaderPairs,
): ChosenPlace | undefined {
  return route && { place: route.place, cookies };
}

function keyOf({ target }: Route): string {
  return targetKey(target.id, target.port);
}
