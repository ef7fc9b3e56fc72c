import { describe, expect, test } from 'vitest';
import { parseFilterPattern } from './filter-pattern.ts';

const message = '2026-01-01 ERROR target 10.0.1.17:80 is "unhealthy" now';

describe('a filter pattern', () => {
  const cases = [
    { pattern: '', want: true },
    { pattern: 'ERROR', want: true },
    { pattern: 'error', want: false },
    { pattern: 'ERROR unhealthy', want: true },
    { pattern: 'ERROR healthy-again', want: false },
    { pattern: '"target 10.0.1.17"', want: true },
    { pattern: '"10.0.1.17 target"', want: false },
    { pattern: '?WARN ?ERROR', want: true },
    { pattern: '?WARN ?INFO', want: false },
    { pattern: 'ERROR -unhealthy', want: false },
    { pattern: 'ERROR -timeout', want: true },
  ];
  test.each(cases)('$pattern: $want', ({ pattern, want }) => {
    expect(parseFilterPattern(pattern)(message)).toBe(want);
  });

  test.each(['{ $.level = "ERROR" }', '[time, level=ERROR]', '%ERR%'])('%s is refused', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(/^Invalid filter pattern/);
  });
});
