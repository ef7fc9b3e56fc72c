import type { Clock, Timer } from '../../clock/clock.ts';

const minuteMs = 60_000;

/** Takes, as each minute ends, what AWS measures at rest, for as long as there is something to measure. */
export class Gauges {
  readonly #clock: Clock;
  readonly #measure: () => boolean;
  #timer: Timer | undefined;

  /** `measure` says whether there was anything. */
  constructor(clock: Clock, measure: () => boolean) {
    this.#clock = clock;
    this.#measure = measure;
  }

  start(): void {
    this.#timer ??= this.#clock.after(minuteMs - (this.#clock.now() % minuteMs), () => {
      this.#timer = undefined;
      if (this.#measure()) this.start();
    });
  }

  close(): void {
    this.#timer?.cancel();
  }
}
