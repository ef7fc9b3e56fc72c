import type { Clock } from '../../clock/clock.ts';
import type { Death } from '../../faults/fault.ts';

interface Doomed {
  functionName: string;
  death: Death;
  calls: number;
  kill: AbortController;
}

/** Invocations whose process is going to be killed. */
export class DoomedInvocations {
  readonly #doomed: Set<Doomed> = new Set();

  /** Runs an invocation that is killed when its time has come, if it is not done before. */
  async run<T>(
    { functionName, death, clock }: { functionName: string; death: Death; clock: Clock },
    invoke: (killed: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const kill = new AbortController();
    const doomed: Doomed = { functionName, death, calls: 0, kill };
    const isAtOnce = death.call === undefined;
    const timer = isAtOnce ? clock.after(death.milliseconds ?? 0, () => kill.abort()) : undefined;
    this.#doomed.add(doomed);
    try {
      return await invoke(kill.signal);
    } finally {
      timer?.cancel();
      this.#doomed.delete(doomed);
    }
  }

  /**
   * Counts a call of AWS by a function. Gives those deaths that are due at it, before its effect or after: the caller
   * carries them out.
   */
  dueAt(functionName: string): { afterEffect: boolean; kill(): void }[] {
    const running = [...this.#doomed].filter((doomed) => doomed.functionName === functionName);
    for (const doomed of running) doomed.calls++;
    return running
      .filter(({ death, calls }) => death.call === calls)
      .map(({ death, kill }) => ({ afterEffect: death.afterEffect, kill: () => kill.abort() }));
  }
}
