import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wallClock } from './wall-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('runs what is due, and keeps no process alive once it is closed', () => {
  const told: string[] = [];
  const clock = wallClock();
  clock.after(10, () => told.push('first'));
  clock.after(10, () => told.push('never')).cancel();
  vi.advanceTimersByTime(10);
  clock.after(10, () => told.push('too late'));
  clock.close();
  clock.after(10, () => told.push('later still'));
  expect(vi.getTimerCount()).toBe(0);
  expect(told).toEqual(['first']);
});
