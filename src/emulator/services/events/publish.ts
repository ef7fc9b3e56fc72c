import type { Cell } from '../../core/cell.ts';
import type { Event } from '../../world/events/event.ts';
import { matchesPattern } from '../../world/events/event-pattern.ts';
import { deliverToTargets } from './delivery.ts';

/** Hands an event to every enabled rule whose pattern it matches. */
export function publish(cell: Cell, event: Event): void {
  for (const rule of cell.eventRules.all.values()) {
    if (rule.state !== 'ENABLED' || !rule.eventPattern) continue;
    if (matchesPattern(rule.eventPattern.pattern, { ...event })) deliverToTargets(cell, rule, event);
  }
}
