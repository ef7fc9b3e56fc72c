import { AlbridgeError } from '../engine/errors.ts';

/** How often passes start. */
export interface Every {
  /** From one pass to the next. */
  seconds: number;
  /** What EventBridge, which knows nothing shorter than a minute, starts: `rate(1 minute)`. */
  rate: string;
  /** Below a minute, when passes start within each minute, in seconds; otherwise only its beginning: `[0]`. */
  delays: readonly number[];
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const units: Readonly<Record<string, number>> = { s: 1, m: minute, h: hour };
const shortest = 5;

/**
 * Reads `5s`, `30s`, `1m`, `5m`, `1h`.
 *
 * @throws AlbridgeError `invalid-config`
 */
export function parseEvery(text: string, origin: string): Every {
  const [, digits, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const seconds = Number(digits) * (units[unit] ?? Number.NaN);
  return everySeconds(seconds, { origin, got: JSON.stringify(text) });
}

/**
 * The same from a number of seconds. Below a minute it must divide the minute, so that the last pass of one minute is
 * as far from the first of the next as from the one before.
 *
 * @throws AlbridgeError `invalid-config`
 */
export function everySeconds(
  seconds: number,
  { origin, got = `${seconds} seconds` }: { origin: string; got?: string },
): Every {
  const fits = seconds < minute ? minute % seconds === 0 : seconds % minute === 0;
  if (!Number.isInteger(seconds) || seconds < shortest || seconds > day || !fits) {
    const message = `${origin} is not valid: expected 5s, 6s, 10s, 12s, 15s, 20s, 30s, or whole minutes or hours from 1m to 24h, got ${got}`;
    throw new AlbridgeError('invalid-config', message);
  }
  return { seconds, rate: rateOf(Math.max(seconds, minute)), delays: delaysOf(seconds) };
}

/** EventBridge takes the singular for one and the plural for more. */
function rateOf(seconds: number): string {
  const [count, unit] = seconds % hour === 0 ? [seconds / hour, 'hour'] : [seconds / minute, 'minute'];
  return `rate(${count} ${unit}${count === 1 ? '' : 's'})`;
}

function delaysOf(seconds: number): number[] {
  const count = Math.max(1, minute / seconds);
  return Array.from({ length: Math.floor(count) }, (_, index) => index * seconds);
}
