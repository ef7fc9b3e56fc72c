import type { Clock } from '../../clock/clock.ts';

/** What authorizers said, for as long as their time to live says. */
export class AuthorizerCache {
  readonly #clock: Clock;
  readonly #entries: Map<string, { result: unknown; expires: number }> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(key: string): unknown {
    const entry = this.#entries.get(key);
    if (entry && entry.expires > this.#clock.now()) return entry.result;
    this.#entries.delete(key);
    return undefined;
  }

  put(key: string, result: unknown, seconds: number): void {
    if (seconds > 0) this.#entries.set(key, { result, expires: this.#clock.now() + seconds * 1000 });
  }

  /** Forgets what begins with this. */
  flush(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }
}
