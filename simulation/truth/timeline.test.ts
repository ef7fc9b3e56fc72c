import { expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

function timeline(): Timeline<string> {
  const made = new Timeline('none');
  made.record(10, 'starting');
  made.record(20, 'serving');
  made.record(20, 'dead');
  return made;
}

const cases = [
  { name: 'gives what held before the first change', from: 0, to: 5, want: ['none'] },
  { name: 'gives both sides of a change at the start', from: 10, to: 15, want: ['starting', 'none'] },
  {
    name: 'gives both sides of a change at the end',
    from: 12,
    to: 20,
    want: ['dead', 'serving', 'starting'],
  },
  { name: 'gives what holds on', from: 30, to: 40, want: ['dead'] },
];

it.each(cases)('$name', ({ from, to, want }) => {
  expect(timeline().during(from, to)).toEqual(want);
});

it('passes over what is no change', () => {
  const made = timeline();
  made.record(30, 'dead');
  expect(made.during(35, 40)).toEqual(['dead']);
  expect(made.during(30, 40)).toEqual(['dead']);
});
