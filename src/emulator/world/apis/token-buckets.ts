import type { Clock } from '../../clock/clock.ts';

/** A steady rate a second, and how many requests at once on top of it. */
export interface RateLimit {
  rate: number;
  burst: number;
}

/** API Gateway's token buckets, each full when it is first asked. */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #levels: Map<string, { tokens: number; at: number }> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a token; false where the bucket is empty. */
  take(key: string, { rate, burst }: RateLimit): boolean {
    const now = this.#clock.now();
    const level = this.#levels.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, level.tokens + ((now - level.at) / 1000) * rate);
    const isAllowed = tokens >= 1;
    this.#levels.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
    return isAllowed;
  }
}
