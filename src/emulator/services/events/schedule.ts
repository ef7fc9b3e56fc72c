import type { Cell } from '../../core/cell.ts';
import { createEvent } from '../../world/events/event.ts';
import type { EventRule } from '../../world/events/event-rules.ts';
import { parseRate } from '../../world/events/rate.ts';
import { deliverToTargets } from './delivery.ts';

/**
 * Starts a rule's schedule anew, or ends it where the rule is disabled. It fires first within one period, at a moment
 * that nobody chooses, as at AWS, and then once a period.
 */
export function reschedule(cell: Cell, rule: EventRule): void {
  rule.timer?.cancel();
  rule.timer = undefined;
  if (rule.state !== 'ENABLED' || rule.scheduleExpression === undefined) return;
  const period = parseRate(rule.scheduleExpression);
  fireAfter(cell, rule, { wait: cell.random() * period, period });
}

function fireAfter(cell: Cell, rule: EventRule, { wait, period }: { wait: number; period: number }): void {
  rule.timer = cell.clock.after(wait, () => {
    if (cell.eventRules.closed) return;
    fireAfter(cell, rule, { wait: period, period });
    deliverToTargets(cell, rule, scheduledEvent(cell, rule));
  });
}

function scheduledEvent(cell: Cell, { arn }: EventRule) {
  return createEvent(cell, {
    detailType: 'Scheduled Event',
    source: 'aws.events',
    resources: [arn],
    detail: {},
  });
}
