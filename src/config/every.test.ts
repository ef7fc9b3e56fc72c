import { describe, expect, it } from 'vitest';
import { everySeconds, parseEvery } from './every.ts';

describe('parseEvery', () => {
  it.each([
    {
      text: '5s',
      want: { seconds: 5, rate: 'rate(1 minute)', delays: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55] },
    },
    { text: '20s', want: { seconds: 20, rate: 'rate(1 minute)', delays: [0, 20, 40] } },
    { text: '30s', want: { seconds: 30, rate: 'rate(1 minute)', delays: [0, 30] } },
    { text: '60s', want: { seconds: 60, rate: 'rate(1 minute)', delays: [0] } },
    { text: '1m', want: { seconds: 60, rate: 'rate(1 minute)', delays: [0] } },
    { text: '5m', want: { seconds: 300, rate: 'rate(5 minutes)', delays: [0] } },
    { text: '90m', want: { seconds: 5400, rate: 'rate(90 minutes)', delays: [0] } },
    { text: '1h', want: { seconds: 3600, rate: 'rate(1 hour)', delays: [0] } },
    { text: '24h', want: { seconds: 86_400, rate: 'rate(24 hours)', delays: [0] } },
  ])('takes $text', ({ text, want }) => {
    expect(parseEvery(text, 'it')).toEqual(want);
  });

  it.each(['', '10', '10 s', '1.5m', '-5s', '4s', '7s', '45s', '61s', '90s', '25h', '0m', '1d', '9999999s'])(
    'refuses "%s", and says what it takes (FM18)',
    (text) => {
      expect(() => parseEvery(text, 'ALBRIDGE_EVERY')).toThrow(
        `ALBRIDGE_EVERY is not valid: expected 5s, 6s, 10s, 12s, 15s, 20s, 30s, or whole minutes or hours from 1m to 24h, got "${text}"`,
      );
    },
  );
});

describe('everySeconds', () => {
  it('spreads the passes of a minute evenly, into the next one (FM18)', () => {
    for (const seconds of [5, 6, 10, 12, 15, 20, 30]) {
      const { delays } = everySeconds(seconds, { origin: 'every' });
      const gaps = [...delays, 60].map((delay, index, all) => delay - (all[index - 1] ?? -seconds));
      expect(new Set(gaps)).toEqual(new Set([seconds]));
    }
  });

  it('refuses parts of a second', () => {
    expect(() => everySeconds(7.5, { origin: 'every' })).toThrow('got 7.5 seconds');
  });
});
