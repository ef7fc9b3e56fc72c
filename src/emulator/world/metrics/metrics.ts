import type { Clock } from '../../clock/clock.ts';
import type { Distribution } from './distribution.ts';
import { type Metric, metricKey } from './metric.ts';
import { type Range, Series } from './series.ts';

const hourMs = 3_600_000;

/** How far from now a value may be dated, either way. */
export const datable: { backMs: number; aheadMs: number } = { backMs: 14 * 24 * hourMs, aheadMs: 2 * hourMs };

export interface Datum extends Metric {
  /** `None` where none was given. */
  unit: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Whether it is told apart by seconds. */
  highResolution?: boolean;
  values: Distribution;
}

export interface KnownMetric extends Metric {
  /** When the last value came, in the world's time. */
  lastPutAt: number;
}

export interface MetricQuery extends Metric, Range {
  /** Values in any unit, if not given. */
  unit?: string | undefined;
}

interface Held extends KnownMetric {
  byUnit: Map<string, Series>;
}

/** CloudWatch's metrics. A value that is dated too far from now is lost, as AWS loses it. */
export class Metrics {
  readonly #clock: Clock;
  readonly #all: Map<string, Held> = new Map();
  #forgetAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly KnownMetric[] {
    return [...this.#all.values()];
  }

  put({ unit, timestamp, values, highResolution = false, ...metric }: Datum): void {
    const now = this.#clock.now();
    if (timestamp < now - datable.backMs || timestamp > now + datable.aheadMs) return;
    this.#forget(now);
    const key = metricKey(metric);
    const held = this.#all.get(key) ?? { ...metric, lastPutAt: now, byUnit: new Map<string, Series>() };
    this.#all.set(key, held);
    held.lastPutAt = now;
    const series = held.byUnit.get(unit) ?? new Series();
    held.byUnit.set(unit, series);
    series.add(timestamp, values, highResolution);
  }

  /** What came in each period of the range that has a value, by the period's start, the earliest first. */
  read(query: MetricQuery): Map<number, Distribution> {
    const found = new Map<number, Distribution>();
    for (const [unit, series] of this.#all.get(metricKey(query))?.byUnit ?? []) {
      if (query.unit === undefined || query.unit === unit) series.read(query, this.#clock.now(), found);
    }
    return new Map([...found].sort(([one], [other]) => one - other));
  }

  /** The units in which a metric has values. */
  unitsOf(metric: Metric): string[] {
    return [...(this.#all.get(metricKey(metric))?.byUnit.keys() ?? [])];
  }

  /** Once an hour, as values come: without any there is nothing to forget. */
  #forget(now: number): void {
    if (now < this.#forgetAt) return;
    this.#forgetAt = now + hourMs;
    for (const [key, { byUnit }] of this.#all) {
      for (const [unit, series] of byUnit) if (!series.forget(now)) byUnit.delete(unit);
      if (byUnit.size === 0) this.#all.delete(key);
    }
  }
}
