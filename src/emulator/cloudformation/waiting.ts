import type { Clock } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';

export interface Waiting {
  clock: Clock;
  signal?: AbortSignal;
  /** Milliseconds between two looks. */
  interval?: number;
  /** Milliseconds after which to give up. */
  timeout?: number;
}

const defaultInterval = 2_000;
const defaultTimeout = 1_800_000;

/**
 * Looks again and again until `look` finds something.
 *
 * @throws the signal's reason when it is aborted, or a time-out error
 */
export async function waitFor<T>(look: () => Promise<T | undefined>, waiting: Waiting): Promise<T> {
  const { clock, signal, interval = defaultInterval, timeout = defaultTimeout } = waiting;
  const end = clock.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    signal?.throwIfAborted();
    if (clock.now() >= end) throw new AwsError('NotStabilized', 'Exceeded attempts to wait');
    await pause(clock, interval, signal);
  }
}

/** Waits on the clock, or until the signal is aborted. */
export function pause(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(milliseconds, end);
    signal?.addEventListener('abort', end);
    function end(): void {
      timer.cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    }
  });
}
