import type { Wait } from './custom-resource/wait.ts';

/** Where those who are under way wait for each other, so that what they ask next can be asked together. */
export interface Rendezvous {
  /** One more is on its way. */
  expect(): Expected;
}

export interface Expected {
  /** Resolves when nobody else is on the way, or those who are have been waited for long enough. */
  arrive(): Promise<void>;
  /** Nobody needs to wait for this one, whether it has arrived or not. */
  leave(): void;
}

/** `patience`: how long the first to arrive waits for the others, in milliseconds. */
export function rendezvous({ wait, patience }: { wait: Wait; patience: number }): Rendezvous {
  let onTheWay = 0;
  const gathered: (() => void)[] = [];
  let waiting = new AbortController();

  function goOn(): void {
    waiting.abort();
    for (const go of gathered.splice(0)) go();
  }

  function startWaiting(): void {
    waiting = new AbortController();
    const { signal } = waiting;
    const lostPatience = (): void => {
      if (!signal.aborted) goOn();
    };
    wait(patience, signal).then(lostPatience, lostPatience);
  }

  return {
    expect() {
      let isOnTheWay = true;
      onTheWay += 1;
      const leave = (): void => {
        if (!isOnTheWay) return;
        isOnTheWay = false;
        onTheWay -= 1;
        if (onTheWay === 0) goOn();
      };
      return {
        leave,
        async arrive() {
          if (!isOnTheWay) return;
          const released = new Promise<void>((resolve) => gathered.push(resolve));
          leave();
          if (gathered.length === 1) startWaiting();
          await released;
        },
      };
    },
  };
}
