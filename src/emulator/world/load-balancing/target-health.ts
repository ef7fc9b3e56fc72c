import type { ProbeResult } from './probe.ts';
import type { Registration, TargetGroup } from './target-group.ts';

/** How a target's checks have gone lately: it changes sides only after enough of them in a row. */
export interface Streak {
  passed: number;
  failed: number;
}

export type Verdict = Pick<Registration, 'state' | 'reason' | 'description'>;

/**
 * What a check makes of a target. A new target is healthy at its first passing check, and unhealthy only after
 * `unhealthyThreshold` failures; from then on both thresholds count. Undefined: no change.
 */
export function judge(
  target: Registration,
  streak: Streak,
  result: ProbeResult,
  { healthCheck }: TargetGroup,
): Verdict | undefined {
  count(streak, result.passed);
  if (result.passed) {
    const needed = target.state === 'initial' ? 1 : healthCheck.healthyThreshold;
    return streak.passed >= needed
      ? { state: 'healthy', reason: undefined, description: undefined }
      : undefined;
  }
  return streak.failed >= healthCheck.unhealthyThreshold ? unhealthy(result) : undefined;
}

function count(streak: Streak, passed: boolean): void {
  streak.passed = passed ? streak.passed + 1 : 0;
  streak.failed = passed ? 0 : streak.failed + 1;
}

function unhealthy(result: Extract<ProbeResult, { passed: false }>): Verdict {
  if (result.cause === 'status') {
    return {
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: `Health checks failed with these codes: [${result.status}]`,
    };
  }
  if (result.cause === 'timeout') {
    return { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' };
  }
  return { state: 'unhealthy', reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };
}

export const registering: Verdict = {
  state: 'initial',
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
};

export const checking: Verdict = {
  state: 'initial',
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
};

/** What a check comes to that finds nobody to ask. */
export const failed: ProbeResult = { passed: false, cause: 'timeout' };

export const notInUse: Verdict = {
  state: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
};

export const draining: Verdict = {
  state: 'draining',
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
};
