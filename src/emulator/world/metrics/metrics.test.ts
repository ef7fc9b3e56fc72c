import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { distributionOf, summary } from './distribution.ts';
import { Metrics } from './metrics.ts';
import { statisticNamed } from './statistic.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const day = 24 * hour;
const metric = { namespace: 'test', name: 'm', dimensions: { a: '1', b: '2' } };

let clock: SteppedClock;
let metrics: Metrics;

beforeEach(() => {
  clock = steppedClock();
  metrics = new Metrics(clock);
});

function put(value: number, more: { at?: number; unit?: string; highResolution?: boolean } = {}): void {
  const { at = clock.now(), unit = 'Count', highResolution = false } = more;
  metrics.put({ ...metric, unit, timestamp: at, highResolution, values: distributionOf([value]) });
}

/** The sums of the periods that have a value, by how long ago they began. */
function sums(from: number, period: number, unit?: string): [number, number][] {
  const [start, end] = [clock.now() - from, clock.now() + period];
  return [...metrics.read({ ...metric, start, end, period, unit })].map(([at, { sum }]) => [
    clock.now() - at,
    sum,
  ]);
}

describe('metrics', () => {
  it('sum up what came in a period, and leave out periods without', () => {
    put(1);
    put(2);
    put(4, { at: clock.now() - 2 * minute });
    expect(sums(3 * minute, minute)).toEqual([
      [2 * minute, 4],
      [0, 3],
    ]);
    expect(sums(5 * minute, 5 * minute)).toEqual([
      [5 * minute, 4],
      [0, 3],
    ]);
  });

  it('tell units apart where one is asked for', () => {
    put(1, { unit: 'Seconds' });
    put(2);
    expect(sums(0, minute, 'Seconds')).toEqual([[0, 1]]);
    expect(sums(0, minute)).toEqual([[0, 3]]);
  });

  it('are the same whatever the order of dimensions, and others with others', () => {
    put(1);
    const range = { start: clock.now(), end: clock.now() + 1, period: minute };
    expect(metrics.read({ ...metric, dimensions: { b: '2', a: '1' }, ...range }).size).toBe(1);
    expect(metrics.read({ ...metric, dimensions: { a: '1' }, ...range }).size).toBe(0);
  });

  it('tell seconds apart in high resolution', async () => {
    put(1, { highResolution: true });
    await clock.advance(10 * second);
    put(2, { highResolution: true });
    expect(sums(10 * second, 10 * second)).toEqual([
      [10 * second, 1],
      [0, 2],
    ]);
    expect(sums(10 * second, minute)).toEqual([[10 * second, 3]]);
  });

  it('become coarser with age, and are forgotten', async () => {
    put(1);
    await clock.advance(2 * day);
    expect(sums(2 * day, 5 * minute)).toEqual([[2 * day, 1]]);
    await clock.advance(29 * day);
    metrics.put({
      ...metric,
      name: 'other',
      unit: 'None',
      timestamp: clock.now(),
      values: distributionOf([1]),
    });
    expect(metrics.all.map(({ name }) => name)).toEqual(['other']);
  });

  it('take nothing that is dated too far from now', () => {
    put(1, { at: clock.now() - 15 * day });
    put(1, { at: clock.now() + 3 * hour });
    expect(metrics.all).toEqual([]);
  });

  it('keep a bounded number of different values, whatever comes', async () => {
    for (let count = 0; count < 3 * day; count += minute) {
      put(count);
      await clock.advance(minute);
    }
    const { values } = [
      ...metrics.read({ ...metric, start: clock.now() - 3 * day, end: clock.now(), period: day }),
    ]
      .map(([, held]) => held)
      .at(-1) ?? { values: undefined };
    expect(values?.size).toBeLessThan(300);
  });
});

describe('a statistic', () => {
  const values = distributionOf([1, 2, 3, 10], [1, 1, 1, 7]);
  it.each([
    ['SampleCount', 10],
    ['Sum', 76],
    ['Average', 7.6],
    ['Minimum', 1],
    ['Maximum', 10],
    ['p0', 1],
    ['p10', 1],
    ['p25', 3],
    ['p30.5', 10],
    ['p100', 10],
  ])('%s', (name, want) => {
    expect(statisticNamed(name)?.(values)).toBe(want);
  });

  it.each(['p101', 'p-1', 'average', 'tm90', ''])('%j is none', (name) => {
    expect(statisticNamed(name)).toBeUndefined();
  });

  it('of what was summed up elsewhere has no percentiles, but where all values are the same', () => {
    const [p50, sum] = [statisticNamed('p50'), statisticNamed('Sum')];
    const different = summary({ count: 2, sum: 5, minimum: 1, maximum: 4 });
    expect([p50?.(different), sum?.(different)]).toEqual([undefined, 5]);
    expect(p50?.(summary({ count: 2, sum: 8, minimum: 4, maximum: 4 }))).toBe(4);
  });
});
