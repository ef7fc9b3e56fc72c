import { expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

it('gives what is due by then, in the order of its time, then of its making', () => {
  const timeline = new Timeline<string>();
  for (const [due, what] of [
    [30, 'd'],
    [10, 'a'],
    [30, 'e'],
    [20, 'c'],
    [10, 'b'],
    [50, 'later'],
  ] as const) {
    timeline.add(due, what);
  }
  const taken: string[] = [];
  for (let next = timeline.take(40); next; next = timeline.take(40)) taken.push(`${next.what}@${next.due}`);
  expect(taken).toEqual(['a@10', 'b@10', 'c@20', 'd@30', 'e@30']);
  expect([timeline.size, timeline.nextDue]).toEqual([1, 50]);
});

it('knows nothing of what was taken back', () => {
  const timeline = new Timeline<string>();
  const takeBack = timeline.add(10, 'gone');
  timeline.add(20, 'kept');
  takeBack();
  takeBack();
  expect([timeline.size, timeline.nextDue]).toEqual([1, 20]);
  expect(timeline.take(100)?.what).toBe('kept');
  expect(timeline.take(100)).toBeUndefined();
});

it('sorts however many there are', () => {
  const timeline = new Timeline<number>();
  for (let step = 0; step < 500; step++) timeline.add((step * 7_919) % 500, step);
  const dues = Array.from({ length: 500 }, () => timeline.take(Number.POSITIVE_INFINITY)?.due);
  expect(dues).toEqual(Array.from({ length: 500 }, (_, due) => due));
});
