import { describe, expect, test } from 'vitest';
import { parseRate } from './rate.ts';

describe('a rate expression', () => {
  const periods = [
    { expression: 'rate(1 minute)', want: 60_000 },
    { expression: 'rate(5 minutes)', want: 300_000 },
    { expression: 'rate(1 hour)', want: 3_600_000 },
    { expression: 'rate(12 hours)', want: 43_200_000 },
    { expression: 'rate(1 day)', want: 86_400_000 },
    { expression: 'rate(7 days)', want: 604_800_000 },
  ];
  test.each(periods)('$expression is $want ms', ({ expression, want }) => {
    expect(parseRate(expression)).toBe(want);
  });

  const refused = [
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(0 minutes)',
    'rate(-1 minutes)',
    'rate(1.5 hours)',
    'rate(30 seconds)',
    'rate(1  minute)',
    'every minute',
    '',
  ];
  test.each(refused)('%j is refused', (expression) => {
    expect(() => parseRate(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });

  test('of cron is refused by name', () => {
    expect(() => parseRate('cron(0 12 * * ? *)')).toThrow(/rate expressions only/);
  });
});
