import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Random } from '../../core/random.ts';
import { type Route, routesTo } from '../../world/load-balancing/routing.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import type { TargetWorld } from '../../world/load-balancing/target-place.ts';

/** The target group a forward action chooses, by weight where it names several. */
export function chooseTargetGroup(
  groups: ReadonlyMap<string, TargetGroup>,
  action: Action,
  random: Random,
): TargetGroup | undefined {
  const tuples = tuplesOf(action);
  const total = tuples.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  let left = random() * total;
  const chosen = tuples.find(({ Weight = 1 }) => {
    left -= Weight;
    return left < 0;
  });
  return groups.get(chosen?.TargetGroupArn ?? '');
}

function tuplesOf({ ForwardConfig, TargetGroupArn }: Action): TargetGroupTuple[] {
  return ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
}

/** Where the next flow or request to the group goes; undefined when it has no target to send it to. */
export function chooseRoute(
  world: TargetWorld,
  group: TargetGroup,
  random: Random,
  zone?: string,
): Route | undefined {
  const routes = routesTo(world, group, zone);
  return routes[Math.floor(random() * routes.length)];
}

/** The action that answers; those before it (authentication) only let it. */
export function lastAction(actions: readonly Action[]): Action | undefined {
  return [...actions].sort((one, other) => (one.Order ?? 0) - (other.Order ?? 0)).at(-1);
}
