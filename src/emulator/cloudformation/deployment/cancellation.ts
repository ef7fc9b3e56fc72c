import { setMaxListeners } from 'node:events';

export type CancellationReason = 'failure' | 'deletion' | 'timeout';

/** Can be listened to by every resource that waits, however many they are. */
export function newCancellation(): AbortController {
  const cancellation = new AbortController();
  setMaxListeners(0, cancellation.signal);
  return cancellation;
}
