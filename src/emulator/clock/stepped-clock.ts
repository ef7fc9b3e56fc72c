import type { Clock } from './clock.ts';

/** Time that stands still until a test moves it on; what is due runs in order of its due time, then of its making. */
export interface SteppedClock extends Clock {
  /** Moves time on, letting promises settle before, between and after the actions that fall due. */
  advance(milliseconds: number): Promise<void>;
  /** How many actions wait for their time. */
  readonly pending: number;
}

interface Pending {
  due: number;
  sequence: number;
  action: () => void;
}

export function steppedClock(start: number = Date.UTC(2026, 0, 1)): SteppedClock {
  let now = start;
  let sequence = 0;
  const pending = new Set<Pending>();

  function earliest(until: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of pending) {
      if (entry.due > until) continue;
      if (!first || entry.due < first.due || (entry.due === first.due && entry.sequence < first.sequence)) {
        first = entry;
      }
    }
    return first;
  }

  return {
    now: () => now,
    get pending() {
      return pending.size;
    },
    after(milliseconds, action) {
      const entry = { due: now + Math.max(0, milliseconds), sequence: sequence++, action };
      pending.add(entry);
      return { cancel: () => void pending.delete(entry) };
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let entry = earliest(until); entry; entry = earliest(until)) {
        pending.delete(entry);
        now = Math.max(now, entry.due);
        entry.action();
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
