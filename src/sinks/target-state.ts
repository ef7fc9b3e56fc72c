import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { EntryState } from '../engine/sink.ts';

/**
 * What a target's health state means for the plan. `unhealthy.draining` is still registered: the load balancer only
 * drains its connections. `unavailable` is a state that is not known at present, which is no verdict.
 */
export function entryState(health: TargetHealth | undefined): EntryState {
  switch (health?.State) {
    case 'healthy':
      return 'healthy';
    case 'unhealthy':
    case 'unhealthy.draining':
      return 'unhealthy';
    case 'unused':
      return 'unused';
    case 'draining':
      return 'draining';
    default:
      return 'initial';
  }
}

/** AWS's reason code and description in one line; undefined for a target in good health. */
export function stateReason(health: TargetHealth | undefined): string | undefined {
  const parts = [health?.Reason, health?.Description].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(': ') : undefined;
}
