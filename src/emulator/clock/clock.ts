/** The emulator's only source of time. Everything that waits, expires or is dated asks a clock that was passed in. */
export interface Clock {
  /** Milliseconds since the Unix epoch, in the world's time. */
  now(): number;
  /** Runs `action` once, `milliseconds` of the world's time from now. */
  after(milliseconds: number, action: () => void): Timer;
  /**
   * Has time run no faster than real time until what is given back is called: for what works at the machine's speed.
   * There is none where time never runs faster.
   */
  hold?(): () => void;
}

/** What is due later, and can be called off. */
export interface Timer {
  cancel(): void;
}

/** Runs `action` every `milliseconds`, the first time one period from now. */
export function every(clock: Clock, milliseconds: number, action: () => void): Timer {
  let next = clock.after(milliseconds, tick);
  function tick(): void {
    next = clock.after(milliseconds, tick);
    action();
  }
  return { cancel: () => next.cancel() };
}

export function wait(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}
