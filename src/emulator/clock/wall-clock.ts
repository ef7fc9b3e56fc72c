import type { Clock } from './clock.ts';

/** Real time. */
export function wallClock(): Clock & { close(): void } {
  const pending = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    after(milliseconds, action) {
      const handle = setTimeout(() => {
        pending.delete(handle);
        action();
      }, milliseconds);
      pending.add(handle);
      return {
        cancel() {
          clearTimeout(handle);
          pending.delete(handle);
        },
      };
    },
    close() {
      for (const handle of pending) clearTimeout(handle);
      pending.clear();
    },
  };
}
