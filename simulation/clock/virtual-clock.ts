import type { Clock } from '../../src/emulator/clock/clock.ts';

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

interface Pending {
  due: number;
  sequence: number;
  action: () => void;
  wakes: boolean;
  cancelled: boolean;
}

export function virtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  let sequence = 0;
  const heap: Pending[] = [];

  function schedule(milliseconds: number, action: () => void, wakes: boolean): Pending {
    const due = now + Math.max(0, Math.round(milliseconds));
    const entry: Pending = { due, sequence: sequence++, action, wakes, cancelled: false };
    push(heap, entry);
    return entry;
  }

  return {
    now: () => now,
    after(milliseconds, action) {
      const entry = schedule(milliseconds, action, false);
      return {
        cancel() {
          entry.cancelled = true;
        },
      };
    },
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
      for (let next = heap[0]; next && next.due <= until && !halted(); next = heap[0]) {
        pop(heap);
        if (next.cancelled) continue;
        now = next.due;
        next.action();
        if (next.wakes) await settle();
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

function isEarlier(one: Pending, other: Pending): boolean {
  return one.due < other.due || (one.due === other.due && one.sequence < other.sequence);
}

function push(heap: Pending[], entry: Pending): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Pending;
    if (!isEarlier(entry, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Pending[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isEarlier(heap[child + 1] as Pending, heap[child] as Pending)) child++;
    if (!isEarlier(heap[child] as Pending, last)) break;
    heap[index] = heap[child] as Pending;
    index = child;
  }
  heap[index] = last;
}
