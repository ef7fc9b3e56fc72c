import { beforeEach, describe, expect, it } from 'vitest';
import { type RealTime, scaledClock } from './scaled-clock.ts';
import { steppedClock } from './stepped-clock.ts';

/** A machine whose time the test moves on; what should wake the process can be late. */
const real = steppedClock(0);
let lateBy = 0;
const machine: RealTime = {
  now: () => real.now(),
  wake(milliseconds, action) {
    const timer = real.after(milliseconds + lateBy, action);
    return () => timer.cancel();
  },
};

let clock: ReturnType<typeof scaledClock>;
let start: number;
const told: string[] = [];
const tell = (what: string) => () => told.push(`${what} after ${Math.round(clock.now() - start)}`);

beforeEach(() => {
  lateBy = 0;
  told.length = 0;
  clock = scaledClock(20, machine);
  start = clock.now();
});

describe('scaledClock', () => {
  it('runs so many times as fast as real time', async () => {
    clock.after(60_000, tell('a minute'));
    await real.advance(2_999);
    expect(told).toEqual([]);
    await real.advance(1);
    expect(told).toEqual(['a minute after 60000']);
    await real.advance(1_000);
    expect(clock.now() - start).toBe(80_000);
  });

  it('runs what is due in order, whatever it was asked in', async () => {
    clock.after(30, tell('later'));
    clock.after(10, tell('soon'));
    clock.after(10, tell('soon too'));
    clock.after(20, tell('never')).cancel();
    await real.advance(10);
    expect(told.map((line) => line.split(' after')[0])).toEqual(['soon', 'soon too', 'later']);
  });

  it('waits for a process that is held up', async () => {
    clock.after(1_000, tell('a second'));
    lateBy = 5_000;
    clock.after(900, tell('less'));
    lateBy = 0;
    await real.advance(5_045);
    // Woken 5 seconds late, it counts twenty milliseconds of them.
    expect(told[0]).toBe('less after 1300');
    await real.advance(1_000);
    expect(clock.now() - start).toBe(1_300 + 20 * 1_000);
  });

  it('waits also where nothing is due for long', async () => {
    lateBy = 3_000;
    clock.after(3_600_000, tell('an hour'));
    await real.advance(3_000);
    expect(clock.now() - start).toBe(20 * 120);
  });

  it('runs as real time does while it is held, by one or several', async () => {
    const [one, other] = [clock.hold?.(), clock.hold?.()];
    clock.after(1_000, tell('a second'));
    await real.advance(500);
    one?.();
    one?.();
    await real.advance(500);
    expect(told).toEqual(['a second after 1000']);
    other?.();
    await real.advance(100);
    expect(clock.now() - start).toBe(1_000 + 2_000);
  });

  it('stops for good when it is closed', async () => {
    clock.after(10, tell('never'));
    clock.close();
    const { pending } = real;
    clock.after(10, tell('never either'));
    expect(real.pending).toBe(pending);
    await real.advance(1_000);
    expect(told).toEqual([]);
  });
});
