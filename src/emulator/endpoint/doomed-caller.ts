import type { Call } from '../core/service.ts';

/**
 * The invocations that are killed at this call: those of the function whose role's session makes it. A call by another
 * role that the function has assumed is not known to be its own.
 */
export function deathsAt({ cell, caller }: Call): ReturnType<typeof cell.functions.doomed.dueAt> {
  const name = /:assumed-role\/[^/]+\/(.+)$/.exec(caller)?.[1];
  return name === undefined ? [] : cell.functions.doomed.dueAt(name);
}
