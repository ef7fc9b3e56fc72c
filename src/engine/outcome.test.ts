import { describe, expect, it } from 'vitest';
import { AlbridgeError } from './errors.ts';
import { failed, hasChanged, hasFailed, type Outcome } from './outcome.ts';

const quiet: Outcome = { binding: 'bridge', added: [], removed: [], withheld: [], unused: [], errors: [] };
const added = ['10.0.0.1'];
const removed = [{ address: '10.0.0.2', cause: 'gone' }] as const;

describe('an outcome', () => {
  it.each([
    { name: 'nothing', outcome: quiet, want: { changed: false, failed: false } },
    { name: 'an addition', outcome: { ...quiet, added }, want: { changed: true, failed: false } },
    { name: 'a removal', outcome: { ...quiet, removed }, want: { changed: true, failed: false } },
    { name: 'both', outcome: { ...quiet, added, removed }, want: { changed: true, failed: false } },
    {
      name: 'a failure',
      outcome: failed('bridge', new AlbridgeError('sink-unreadable', 'denied')),
      want: { changed: false, failed: true },
    },
  ])('of $name has changed: $want.changed, failed: $want.failed', ({ outcome, want }) => {
    expect({ changed: hasChanged(outcome), failed: hasFailed(outcome) }).toEqual(want);
  });
});
