import { type Distribution, merge } from './distribution.ts';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

interface Resolution {
  width: number;
  kept: number;
}

/** How fine values are kept, and how long: the finer, the shorter. AWS keeps them for 3 hours, 15, 63 and 455 days. */
const resolutions: readonly Resolution[] = [
  { width: second, kept: 3 * hour },
  { width: 60 * second, kept: day },
  { width: 300 * second, kept: 7 * day },
  { width: hour, kept: 30 * day },
];

export interface Range {
  /** Milliseconds since the epoch; the end is not within. */
  start: number;
  end: number;
  /** Milliseconds. */
  period: number;
}

/** The values of a metric in one unit, over time. */
export class Series {
  /** By resolution, then by the start of each of its periods. */
  readonly #levels: Map<Resolution, Map<number, Distribution>> = new Map();

  add(timestamp: number, values: Distribution, highResolution: boolean): void {
    for (const resolution of resolutions) {
      if (resolution.width < 60 * second && !highResolution) continue;
      const level = this.#levels.get(resolution) ?? new Map<number, Distribution>();
      this.#levels.set(resolution, level);
      const start = floor(timestamp, resolution.width);
      level.set(start, merge(level.get(start), values));
    }
  }

  /** What came in each period of a range, by the period's start; periods without a value are left out. */
  read({ start, end, period }: Range, now: number, into: Map<number, Distribution>): void {
    const resolution = this.#finest(period, start, now);
    const level = resolution && this.#levels.get(resolution);
    if (!level) return;
    for (let at = floor(start, resolution.width); at < end; at += resolution.width) {
      const found = level.get(at);
      if (!found) continue;
      const slot = start + Math.max(0, floor(at - start, period));
      into.set(slot, merge(into.get(slot), found));
    }
  }

  /** Drops what is too old; whether anything is left. */
  forget(now: number): boolean {
    for (const [resolution, level] of this.#levels) {
      for (const start of level.keys()) if (start < now - resolution.kept) level.delete(start);
      if (level.size === 0) this.#levels.delete(resolution);
    }
    return this.#levels.size > 0;
  }

  /** The finest that fits into the period and reaches back so far; else the one that reaches back farthest. */
  #finest(period: number, start: number, now: number): Resolution | undefined {
    const held = [...this.#levels.keys()].sort((one, other) => one.width - other.width);
    const fitting = held.filter(({ width }) => period % width === 0);
    return fitting.find(({ kept }) => start >= now - kept) ?? fitting.at(-1) ?? held[0];
  }
}

function floor(time: number, width: number): number {
  return Math.floor(time / width) * width;
}
