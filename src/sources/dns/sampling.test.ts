import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersNeeded, isRepetitive } from './sampling.ts';

describe('answersNeeded', () => {
  it.each([
    { pool: 1, want: 1 },
    { pool: 8, want: 1 },
    { pool: 9, want: 8 },
    { pool: 20, want: 33 },
    { pool: 100, want: 221 },
  ])('is $want for $pool addresses', ({ pool, want }) => {
    expect(answersNeeded(pool)).toBe(want);
  });

  it('is the least number that brings the chance of a miss below one in a million (FM3)', () => {
    const missed = (pool: number, answers: number): number => pool * (1 - 8 / pool) ** answers;
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 1_000 }), (pool) => {
        expect(missed(pool, answersNeeded(pool))).toBeLessThanOrEqual(1e-6);
        expect(missed(pool, answersNeeded(pool) - 1)).toBeGreaterThan(1e-6);
      }),
    );
  });
});

describe('isRepetitive', () => {
  it.each([
    { name: 'one answer says nothing', seen: 8, different: 1, answers: 1, want: false },
    { name: 'one answer five times', seen: 8, different: 1, answers: 5, want: true },
    { name: 'nine addresses in all nine ways', seen: 9, different: 9, answers: 60, want: false },
    { name: 'nine addresses in two of nine ways', seen: 9, different: 2, answers: 8, want: true },
    { name: 'four caches', seen: 18, different: 4, answers: 8, want: true },
    { name: 'eight draws out of very many', seen: 40, different: 8, answers: 8, want: false },
  ])('$name: $want', ({ seen, different, answers, want }) => {
    expect(isRepetitive(seen, different, answers)).toBe(want);
  });
});
