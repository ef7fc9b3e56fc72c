/** How many calls a bucket takes at once, and how many more each second. */
export interface BucketSize {
  burst: number;
  perSecond: number;
}

export interface Time {
  /** Milliseconds, of any clock that goes on while the process is frozen: buckets fill meanwhile. */
  now: () => number;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export interface TokenBucket {
  /** Resolves when a call may go, in the order of asking, however long that takes. */
  take(): Promise<void>;
}

/** A bucket as AWS throttles by: full at first. */
export function tokenBucket({ burst, perSecond }: BucketSize, { now, wait }: Time): TokenBucket {
  let tokens = burst;
  let filled = now();
  return {
    async take() {
      const passed = Math.max(0, now() - filled);
      filled += passed;
      tokens = Math.min(burst, tokens + (passed / 1_000) * perSecond) - 1;
      // Who takes what is not there yet owes it, and waits until it would be.
      if (tokens < 0) await wait(Math.ceil((-tokens / perSecond) * 1_000));
    },
  };
}
