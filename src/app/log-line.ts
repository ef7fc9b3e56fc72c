import type { AlbridgeError } from '../engine/errors.ts';
import { hasChanged, hasFailed, type Outcome } from '../engine/outcome.ts';
import type { Timing } from './timing.ts';

/** One line of JSON about a pass, for whoever reads the logs; undefined for one in which there is nothing to tell. */
export function logLine(outcome: Outcome, { started, duration }: Timing): string | undefined {
  const { binding, added, removed, withheld, unused, errors } = outcome;
  const failed = hasFailed(outcome);
  if (!failed && !hasChanged(outcome) && withheld.length === 0 && unused.length === 0) return undefined;
  return JSON.stringify({
    timestamp: new Date(started).toISOString(),
    level: failed ? 'error' : withheld.length > 0 || unused.length > 0 ? 'warn' : 'info',
    message: summary(outcome),
    binding,
    desired: outcome.desired,
    registered: outcome.registered,
    healthy: outcome.healthy,
    added,
    removed,
    withheld,
    unused: unused.map(({ address, reason }) => ({ address, reason })),
    errors: errors.map(describe),
    durationMs: duration,
  });
}

function describe({ code, message }: AlbridgeError): { code: string; message: string } {
  return { code, message };
}

function summary({ binding, added, removed, withheld, unused, errors }: Outcome): string {
  const counts = [
    [added.length, 'added'],
    [removed.length, 'removed'],
    [withheld.length, 'withheld'],
    [unused.length, 'unused'],
    [errors.length, errors.length === 1 ? 'error' : 'errors'],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${binding}: ${told.join(', ')}`;
}
