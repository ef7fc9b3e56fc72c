import type { Clock } from './clock.ts';
import { Timeline } from './timeline.ts';

/** Time that stands still until a test moves it on; what is due runs in order of its due time, then of its making. */
export interface SteppedClock extends Clock {
  /** Moves time on, letting promises settle before, between and after the actions that fall due. */
  advance(milliseconds: number): Promise<void>;
  /** How many actions wait for their time. */
  readonly pending: number;
}

/** A clock that stands still until it is moved; it starts at the given milliseconds since the Unix epoch. */
export function steppedClock(start: number = Date.UTC(2026, 0, 1)): SteppedClock {
  let now = start;
  const timeline = new Timeline<() => void>();

  return {
    now: () => now,
    get pending() {
      return timeline.size;
    },
    after: (milliseconds, action) => ({ cancel: timeline.add(now + Math.max(0, milliseconds), action) }),
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let next = timeline.take(until); next; next = timeline.take(until)) {
        now = Math.max(now, next.due);
        next.what();
        await settle();
      }
      now = until;
    },
  };
}

/** One turn of the event loop: every promise that can settle without I/O has settled after it. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
