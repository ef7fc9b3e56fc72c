import type { Clock } from './clock.ts';

/** Real time. Once it is closed, nothing more falls due: work that is still under way keeps no process alive. */
export function wallClock(): Clock & { close(): void } {
  const pending = new Set<NodeJS.Timeout>();
  let closed = false;
  return {
    now: () => Date.now(),
    after(milliseconds, action) {
      if (closed) return { cancel() {} };
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
      closed = true;
      for (const handle of pending) clearTimeout(handle);
      pending.clear();
    },
  };
}
