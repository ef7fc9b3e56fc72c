import type { RetryPolicy } from '@aws-sdk/client-eventbridge';
import type { Timer } from '../../clock/clock.ts';
import type { EventPattern } from './event-pattern.ts';

export interface EventRule {
  name: string;
  arn: string;
  description: string | undefined;
  state: 'ENABLED' | 'DISABLED';
  /** `rate(1 minute)` */
  scheduleExpression: string | undefined;
  /** JSON, as it was given, and what it means. */
  eventPattern: { text: string; pattern: EventPattern } | undefined;
  roleArn: string | undefined;
  /** By id. */
  targets: Map<string, EventTarget>;
  tags: Map<string, string>;
  /** The schedule's next firing. */
  timer: Timer | undefined;
}

export interface EventTarget {
  id: string;
  arn: string;
  roleArn: string | undefined;
  /** JSON that the target gets in place of the event. */
  input: string | undefined;
  retryPolicy: RetryPolicy | undefined;
}

/** A target that an event did not reach, which AWS tells as the metric `FailedInvocations`. */
export interface FailedInvocation {
  ruleName: string;
  targetArn: string;
  at: number;
  reason: string;
}

const failuresKept = 100;

/** EventBridge rules with their schedules and targets. */
export class EventRules {
  /** By name, on the default event bus. */
  readonly all: Map<string, EventRule> = new Map();
  /** The last ones, the oldest first. */
  readonly failedInvocations: FailedInvocation[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  recordFailure(failure: FailedInvocation): void {
    this.failedInvocations.push(failure);
    if (this.failedInvocations.length > failuresKept) this.failedInvocations.shift();
  }

  /** Ends every schedule. */
  close(): void {
    this.#closed = true;
    for (const rule of this.all.values()) rule.timer?.cancel();
  }
}
