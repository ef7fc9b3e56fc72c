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
    fire(cell, rule);
  });
}

/** Late where a fault makes it so, and not at all where one does that. */
function fire(cell: Cell, rule: EventRule): void {
  const of = 'rule' as const;
  if (cell.faults.strikeDoing({ kind: 'missed-schedule', of, name: rule.name })) return;
  const deliver = (): void => deliverToTargets(cell, rule, scheduledEvent(cell, rule));
  const late = cell.faults.strikeDoing({ kind: 'late-schedule', of, name: rule.name });
  if (!late) deliver();
  else cell.clock.after(late.milliseconds, () => !cell.eventRules.closed && deliver());
}

function scheduledEvent(cell: Cell, { arn }: EventRule) {
  return createEvent(cell, {
    detailType: 'Scheduled Event',
    source: 'aws.events',
    resources: [arn],
    detail: {},
  });
}
