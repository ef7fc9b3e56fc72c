import type { Clock } from './clock.ts';

/** Real time, run `scale` times as fast: at 10, a minute of the world passes in six seconds. */
export function wallClock(scale = 1): Clock & { close(): void } {
  const started = Date.now();
  const pending = new Set<NodeJS.Timeout>();
  return {
    now: () => started + (Date.now() - started) * scale,
    after(milliseconds, action) {
      const handle = setTimeout(() => {
        pending.delete(handle);
        action();
      }, milliseconds / scale);
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
