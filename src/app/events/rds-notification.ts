import type { Json } from './json.ts';
import type { Hint } from './trigger.ts';

const sources: readonly unknown[] = ['db-instance', 'db-cluster', 'db-proxy'];

/** RDS's own notification, as an event subscription sends it to a topic. */
export function notificationHint(message: Json): Hint | undefined {
  return sources.includes(message['Event Source']) ? { about: 'database' } : undefined;
}
