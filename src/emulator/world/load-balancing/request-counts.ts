const minute = 60_000;

/** Minutes that are remembered: target tracking looks back a quarter of an hour. */
const kept = 16;

/** How many requests a load balancer or a target group got in each of the last minutes, whole ones of the clock. */
export class RequestCounts {
  /** By ARN, then by the minute's number. */
  readonly #counts: Map<string, Map<number, number>> = new Map();

  count(arn: string, now: number): void {
    const current = Math.floor(now / minute);
    const counts = this.#counts.get(arn) ?? new Map<number, number>();
    this.#counts.set(arn, counts);
    counts.set(current, (counts.get(current) ?? 0) + 1);
    for (const old of counts.keys()) if (old <= current - kept) counts.delete(old);
  }

  /** The last whole minutes, the latest first. */
  lastMinutes(arn: string, number: number, now: number): number[] {
    const current = Math.floor(now / minute);
    const counts = this.#counts.get(arn);
    return Array.from({ length: number }, (_, index) => counts?.get(current - 1 - index) ?? 0);
  }
}
