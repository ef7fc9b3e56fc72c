import type { Clock } from './clock.ts';
import { Timeline } from './timeline.ts';

/** Real time, in milliseconds, and a way to be woken: `performance.now()` and `setTimeout` unless a test gives others. */
export interface RealTime {
  now(): number;
  /** Gives what takes it back. */
  wake(milliseconds: number, action: () => void): () => void;
}

/** How much later than asked for the process may be woken before the world's time waits for it. */
const patienceMs = 20;

/** The longest time without a look at how late it is. */
const longestSleepMs = 100;

/**
 * Real time, run `scale` times as fast: at 10, a minute of the world passes in six seconds. Where the process is held up,
 * by a busy machine or a laptop that was closed, the world is held up as well: nothing in it times out for that. While
 * somebody holds the clock, it runs as real time does. Once it is closed, nothing more falls due.
 */
export function scaledClock(scale: number, real: RealTime = machineTime): Clock & { close(): void } {
  const timeline = new Timeline<() => void>();
  let world = Date.now();
  let seen = real.now();
  let holders = 0;
  let closed = false;
  /** When the process should be awake again; while it works, when it began to. */
  let wake: { at: number; cancel: () => void } | undefined;

  /** Brings the world's time up to now. */
  function look(): number {
    const now = real.now();
    const late = Math.max(0, now - Math.max(wake?.at ?? now, seen) - patienceMs);
    world += (now - seen - late) * speed();
    seen = now;
    return world;
  }

  function speed(): number {
    return holders > 0 ? Math.min(1, scale) : scale;
  }

  /** Runs what is due, one at a time: what came in meanwhile has its turn in between. */
  function run(): void {
    const due = timeline.take(look());
    wake = { at: seen, cancel: () => {} };
    due?.what();
    sleep();
  }

  function sleep(): void {
    const now = look();
    wake?.cancel();
    wake = undefined;
    const { nextDue } = timeline;
    if (nextDue === undefined) return;
    const wait = Math.min(longestSleepMs, Math.max(0, (nextDue - now) / speed()));
    wake = { at: seen + wait, cancel: real.wake(wait, run) };
  }

  return {
    now: () => Math.floor(look()),
    after(milliseconds, action) {
      if (closed) return { cancel() {} };
      const due = look() + Math.max(0, milliseconds);
      const cancel = timeline.add(due, action);
      if (timeline.nextDue === due) sleep();
      return { cancel };
    },
    hold() {
      look();
      holders++;
      sleep();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        look();
        holders--;
        sleep();
      };
    },
    close() {
      closed = true;
      wake?.cancel();
      wake = undefined;
      timeline.clear();
    },
  };
}

const machineTime: RealTime = {
  now: () => performance.now(),
  wake(milliseconds, action) {
    if (milliseconds === 0) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const timeout = setTimeout(action, Math.ceil(milliseconds));
    return () => clearTimeout(timeout);
  },
};
