import { describe, expect, it } from 'vitest';
import { virtualClock } from './virtual-clock.ts';

const never = (): boolean => false;

describe('virtualClock', () => {
  it('runs what is due in the order of its time, then of its making', async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    for (const [milliseconds, name] of [
      [30, 'c'],
      [10, 'a'],
      [30, 'd'],
      [20, 'b'],
      [50, 'later'],
    ] as const) {
      clock.after(milliseconds, () => ran.push(`${name}@${clock.now()}`));
    }
    await clock.advance(40, never);
    expect(ran).toEqual(['a@10', 'b@20', 'c@30', 'd@30']);
    expect(clock.now()).toBe(40);
  });

  it('leaves out what was cancelled', async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.after(10, () => ran.push('cancelled')).cancel();
    clock.after(20, () => ran.push('kept'));
    await clock.advance(20, never);
    expect(ran).toEqual(['kept']);
  });

  it('lets a sleeper go on before time does', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    async function sleeper(): Promise<void> {
      for (let turn = 0; turn < 3; turn++) {
        await clock.sleep(10);
        seen.push(clock.now());
      }
    }
    clock.launch(5, () => void sleeper());
    clock.after(26, () => seen.push(-1));
    await clock.advance(100, never);
    expect(seen).toEqual([15, 25, -1, 35]);
  });

  it('stops as soon as it is told to', async () => {
    const clock = virtualClock(0);
    let ran = 0;
    for (let milliseconds = 1; milliseconds <= 5; milliseconds++) clock.after(milliseconds, () => void ran++);
    await clock.advance(10, () => ran === 2);
    expect(ran).toBe(2);
  });
});
