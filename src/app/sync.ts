import { loadConfig } from '../config/load-config.ts';
import type { Address } from '../engine/address.ts';
import { type RunOptions, run, throwIfFailed } from './run.ts';

export interface SyncOptions extends RunOptions {
  environment: Readonly<Record<string, string | undefined>>;
}

/** What an invocation answers, for whoever invokes by hand. */
export interface SyncSummary {
  bindings: { binding: string; added: readonly Address[]; removed: readonly Address[] }[];
}

/**
 * One invocation of the `sync` function: one pass of the bindings that the event or the environment describes. All
 * are attempted; then it throws if any failed.
 */
export async function sync(event: unknown, options: SyncOptions): Promise<SyncSummary> {
  const outcomes = await run(loadConfig(event, options.environment), options);
  throwIfFailed(outcomes);
  return {
    bindings: outcomes.map(({ binding, added, removed }) => ({
      binding,
      added,
      removed: removed.map(({ address }) => address),
    })),
  };
}
