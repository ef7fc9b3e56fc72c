import type { Clock } from '../../clock/clock.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { type Registration, type TargetGroup, targetKey } from './target-group.ts';
import { draining, registering } from './target-health.ts';

export interface WantedTarget {
  id: string;
  port: number;
  availabilityZone: string | undefined;
}

/** Registers a target; one that drains is taken back, one that is registered stays as it is. */
export function register(loadBalancing: LoadBalancing, group: TargetGroup, wanted: WantedTarget): void {
  const key = targetKey(wanted.id, wanted.port);
  const current = group.registrations.get(key);
  if (current && current.state !== 'draining') return;
  group.registrations.set(key, { ...wanted, ...registering });
  loadBalancing.changes.announce();
}

/**
 * Deregisters a target: it takes no new flows, and is gone when the group's deregistration delay has passed, at once
 * where nobody forwards to the group. A target that isn't registered is no error.
 */
export function deregister(
  loadBalancing: LoadBalancing,
  clock: Clock,
  group: TargetGroup,
  id: string,
  port: number,
): void {
  const key = targetKey(id, port);
  const current = group.registrations.get(key);
  if (!current || current.state === 'draining') return;
  if (loadBalancing.usersOf(group.arn).length === 0) {
    group.registrations.delete(key);
  } else {
    const leaving: Registration = { ...current, ...draining };
    group.registrations.set(key, leaving);
    clock.after(deregistrationDelay(group), () => {
      if (group.registrations.get(key) !== leaving) return;
      group.registrations.delete(key);
      loadBalancing.changes.announce();
    });
  }
  loadBalancing.changes.announce();
}

function deregistrationDelay(group: TargetGroup): number {
  return Number(group.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1000;
}
