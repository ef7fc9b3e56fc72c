import { describe, expect, it } from 'vitest';
import { AlbridgeError } from '../engine/errors.ts';
import { failed, type Outcome } from '../engine/outcome.ts';
import { lastSuccesses } from './last-successes.ts';

const success = (binding: string): Outcome => ({ ...failed(binding, error), errors: [] });
const failure = (binding: string): Outcome => failed(binding, error);
const error = new AlbridgeError('source-unknown', 'no answer');

describe('lastSuccesses', () => {
  it.each([
    { name: 'none after a success', passes: [success('a')], want: [0] },
    {
      name: 'from the last success on',
      passes: [success('a'), failure('a'), failure('a')],
      want: [0, 60, 120],
    },
    {
      name: 'none again once one succeeds',
      passes: [failure('a'), failure('a'), success('a')],
      want: [5, 65, 0],
    },
    {
      name: 'from the first pass on where none succeeded',
      passes: [failure('a'), failure('a')],
      want: [5, 65],
    },
    {
      name: 'of each binding by itself',
      passes: [success('a'), failure('b'), success('a'), failure('b')],
      want: [0, 5, 0, 125],
    },
  ])('counts $name', ({ passes, want }) => {
    const successes = lastSuccesses();
    const told = passes.map((outcome, minute) =>
      successes.passed(outcome, { started: minute * 60_000, ended: minute * 60_000 + 5_000 }),
    );
    expect(told.map((milliseconds) => milliseconds / 1_000)).toEqual(want);
  });
});
