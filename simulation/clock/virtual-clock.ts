import type { Clock } from '../../src/emulator/clock/clock.ts';
import { Timeline } from '../../src/emulator/clock/timeline.ts';

/**
 * Time that jumps from one due action to the next. Promises settle only after the actions that wake any: most of a
 * world's actions are plain function calls, and a turn of the event loop for each would be most of the work.
 */
export interface VirtualClock extends Clock {
  /** Settles once the time has come. */
  sleep(milliseconds: number): Promise<void>;
  /** As `after`, for an action that starts something asynchronous. */
  launch(milliseconds: number, action: () => void): void;
  /** Moves time on, or stops early as soon as `halted` says so. */
  advance(milliseconds: number, halted: () => boolean): Promise<void>;
}

interface Due {
  action: () => void;
  wakes: boolean;
}

export function virtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  const timeline = new Timeline<Due>();

  function schedule(milliseconds: number, action: () => void, wakes: boolean): () => void {
    return timeline.add(now + Math.max(0, Math.round(milliseconds)), { action, wakes });
  }

  return {
    now: () => now,
    after: (milliseconds, action) => ({ cancel: schedule(milliseconds, action, false) }),
    launch(milliseconds, action) {
      schedule(milliseconds, action, true);
    },
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        schedule(milliseconds, resolve, true);
      }),
    async advance(milliseconds, halted) {
      const until = now + milliseconds;
      await settle();
      while (!halted()) {
        const next = timeline.take(until);
        if (!next) break;
        now = next.due;
        next.what.action();
        if (next.what.wakes) await settle();
      }
      now = Math.max(now, until);
    },
  };
}

/** One turn of the event loop: without I/O, every promise that can settle has settled after it. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
