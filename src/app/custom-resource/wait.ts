import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds; rejects at once when the signal aborts. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export const waitOnTimer: Wait = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });
