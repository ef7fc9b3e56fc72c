import type { QuotaSettings } from '@aws-sdk/client-api-gateway';
import type { Clock } from '../../clock/clock.ts';

const DAY = 86_400_000;

/** How often each key of each usage plan was used on each day (UTC). */
export class QuotaUsage {
  readonly #clock: Clock;
  /** By plan and key, then by the day's first millisecond. */
  readonly #days: Map<string, Map<number, number>> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request; false, and not counted, where the quota of the period is used up. */
  take(planId: string, keyId: string, quota: QuotaSettings | undefined): boolean {
    const today = dayOf(this.#clock.now());
    if (quota && this.used(planId, keyId, periodStart(today, quota)) >= (quota.limit ?? 0)) return false;
    const days = this.#days.get(`${planId} ${keyId}`) ?? new Map<number, number>();
    this.#days.set(`${planId} ${keyId}`, days.set(today, (days.get(today) ?? 0) + 1));
    return true;
  }

  /** Requests since a moment. */
  used(planId: string, keyId: string, since: number): number {
    let sum = 0;
    for (const [day, count] of this.#days.get(`${planId} ${keyId}`) ?? []) if (day >= since) sum += count;
    return sum;
  }

  /** Requests on one day. */
  usedOn(planId: string, keyId: string, day: number): number {
    return this.#days.get(`${planId} ${keyId}`)?.get(dayOf(day)) ?? 0;
  }
}

function dayOf(time: number): number {
  return time - (time % DAY);
}

/**
 * When the period began that a day is in: the day itself, the last Sunday or the first of a month, the latter two
 * moved on by `offset` days.
 */
function periodStart(today: number, { period, offset = 0 }: QuotaSettings): number {
  if (period === 'DAY') return today;
  const date = new Date(today);
  if (period === 'WEEK') return today - ((date.getUTCDay() - offset + 7) % 7) * DAY;
  const first = (monthsBack: number): number =>
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - monthsBack, 1 + offset);
  return first(0) <= today ? first(0) : first(1);
}
