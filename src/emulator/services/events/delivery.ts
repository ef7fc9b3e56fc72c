import { wait } from '../../clock/clock.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Event } from '../../world/events/event.ts';
import type { EventRule, EventTarget } from '../../world/events/event-rules.ts';
import { invokeForService } from '../lambda/service-invocation.ts';

/** How long EventBridge goes on where a target has no retry policy: for a day, 185 times. */
const defaultRetries = { attempts: 185, seconds: 86_400 };

/** Waits between attempts double from one second to five minutes. */
const retryWaitMs = { first: 1000, longest: 300_000 };

/** Sends an event to each target of a rule, at least once, without waiting for what comes of it. */
export function deliverToTargets(cell: Cell, rule: EventRule, event: Event): void {
  const isDuplicate = cell.faults.strikeDoing({ kind: 'duplicate-event', of: 'rule', name: rule.name });
  for (const target of rule.targets.values()) {
    const payload = target.input ?? JSON.stringify(event);
    void deliver(cell, rule, target, payload);
    if (isDuplicate) void deliver(cell, rule, target, payload);
  }
}

async function deliver(cell: Cell, rule: EventRule, target: EventTarget, payload: string): Promise<void> {
  const { clock, eventRules } = cell;
  const retries = target.retryPolicy?.MaximumRetryAttempts ?? defaultRetries.attempts;
  const expires =
    clock.now() + (target.retryPolicy?.MaximumEventAgeInSeconds ?? defaultRetries.seconds) * 1000;
  let pause = retryWaitMs.first;
  for (let attempt = 0; !eventRules.closed; attempt++) {
    const problem = attemptDelivery(cell, rule, target, payload);
    if (!problem) return;
    if (!isRetryable(problem) || attempt >= retries || clock.now() + pause > expires) {
      const failure = {
        ruleName: rule.name,
        targetArn: target.arn,
        at: clock.now(),
        reason: problem.message,
      };
      return eventRules.recordFailure(failure);
    }
    await wait(clock, pause);
    pause = Math.min(pause * 2, retryWaitMs.longest);
  }
}

function attemptDelivery(
  cell: Cell,
  rule: EventRule,
  target: EventTarget,
  payload: string,
): AwsError | undefined {
  try {
    invokeForService(cell, {
      functionArn: target.arn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
      payload,
    });
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** A target that is gone, or that does not permit the rule, will not be another time either. */
function isRetryable({ code }: AwsError): boolean {
  return code === 'ResourceConflictException' || code === 'TooManyRequestsException';
}
