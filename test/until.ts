import type { Cell } from '../src/emulator/index.ts';

interface Announcer {
  subscribe(listener: () => void): () => void;
}

/** Resolves when the condition holds: looked at now, and again after each change. */
export function until(changes: Announcer, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let done = false;
    const unsubscribe = changes.subscribe(look);
    function look(): void {
      if (done || !condition()) return;
      done = true;
      queueMicrotask(() => unsubscribe());
      resolve();
    }
    look();
  });
}

/** Resolves when so many invocations of the function that logs to a group have begun from now on, and ended. */
export function invocations(cell: Cell, logGroupName: string, count: number): Promise<void> {
  const awaited = new Set<string>();
  let begun = 0;
  return new Promise((resolve) => {
    const unsubscribe = cell.logGroups.subscribe(({ message }, _stream, group) => {
      const [, verb, requestId = ''] = /^(START|REPORT) RequestId: (\S+)/.exec(message) ?? [];
      if (group.name !== logGroupName || verb === undefined) return;
      if (verb === 'START' && begun < count) {
        begun++;
        awaited.add(requestId);
      } else if (verb === 'REPORT' && awaited.delete(requestId) && begun === count && awaited.size === 0) {
        unsubscribe();
        resolve();
      }
    });
  });
}
