import type { QuotaSettings } from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { QuotaUsage } from './quota-usage.ts';

const cases: { name: string; quota: QuotaSettings; used: string; still: string; anew: string }[] = [
  {
    name: 'a day, at midnight',
    quota: { period: 'DAY' },
    used: '2025-01-01T10:00Z',
    still: '2025-01-01T23:59Z',
    anew: '2025-01-02T00:00Z',
  },
  {
    name: 'a week, on Sunday',
    quota: { period: 'WEEK' },
    used: '2025-01-01T10:00Z',
    still: '2025-01-04T23:59Z',
    anew: '2025-01-05T00:00Z',
  },
  {
    name: 'a week moved on by a day, on Monday',
    quota: { period: 'WEEK', offset: 1 },
    used: '2025-01-01T10:00Z',
    still: '2025-01-05T23:59Z',
    anew: '2025-01-06T00:00Z',
  },
  {
    name: 'a month, on the first',
    quota: { period: 'MONTH' },
    used: '2025-01-15T10:00Z',
    still: '2025-01-31T23:59Z',
    anew: '2025-02-01T00:00Z',
  },
  {
    name: 'a month moved on by nine days, on the tenth',
    quota: { period: 'MONTH', offset: 9 },
    used: '2025-01-15T10:00Z',
    still: '2025-02-09T23:59Z',
    anew: '2025-02-10T00:00Z',
  },
];

it.each(cases)('begins anew after $name', async ({ quota, used, still, anew }) => {
  const clock = steppedClock(Date.parse(used));
  const usage = new QuotaUsage(clock);
  const take = (): boolean => usage.take('plan', 'key', { ...quota, limit: 1 });
  expect([take(), take()]).toEqual([true, false]);
  await clock.advance(Date.parse(still) - clock.now());
  expect(take()).toBe(false);
  await clock.advance(Date.parse(anew) - clock.now());
  expect(take()).toBe(true);
});
