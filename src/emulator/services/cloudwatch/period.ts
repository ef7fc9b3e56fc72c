import { invalidValue, validationError } from './errors.ts';

/** @throws AwsError where a period is not one that values can be had of; it is given in seconds */
export function checkPeriod(period: number): void {
  if ([1, 5, 10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return;
  throw invalidValue(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, got ${period}.`);
}

interface Span {
  start: number;
  end: number;
  /** Milliseconds. */
  period: number;
}

/** A range of time in milliseconds; its start is rounded down to a minute, or to the period where that is shorter. */
export function readRange(
  { StartTime, EndTime }: { StartTime: Date | undefined; EndTime: Date | undefined },
  periodSeconds: number,
): Span {
  const [start, end] = [StartTime?.getTime() ?? Number.NaN, EndTime?.getTime() ?? Number.NaN];
  if (!(start < end)) {
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  }
  const period = periodSeconds * 1000;
  const width = Math.min(period, 60_000);
  return { start: Math.floor(start / width) * width, end, period };
}
