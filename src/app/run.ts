import type { Config } from '../config/config.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { hasFailed, type Outcome } from '../engine/outcome.ts';
import { reconcileTogether } from '../engine/reconcile.ts';
import { concurrently } from './concurrently.ts';
import { logLine } from './log-line.ts';
import { metricsLine } from './metrics.ts';
import { type Reach, type WiredBinding, wire } from './wire.ts';

export interface RunOptions extends Reach {
  /** Takes a line of the log. */
  write: (line: string) => void;
}

/** So many passes at once: enough to hide the network's latency, too few to use up AWS's throttle limits. */
const concurrency = 8;

/** One pass of every binding, each for itself (FM20); every outcome is told in the log, and given back. */
export async function run({ bindings }: Config, options: RunOptions): Promise<Outcome[]> {
  const outcomes = await concurrently(bindings, concurrency, (binding) =>
    runBinding(wire(binding, options), options),
  );
  return outcomes.flat();
}

async function runBinding({ source, sinks }: WiredBinding, { now, write }: RunOptions): Promise<Outcome[]> {
  const started = now();
  const outcomes = await reconcileTogether(source, sinks);
  const timing = { started, duration: now() - started };
  for (const outcome of outcomes) {
    const line = logLine(outcome, timing);
    if (line !== undefined) write(line);
    write(metricsLine(outcome, timing));
  }
  return outcomes;
}

/** Throws one error that names every binding that failed, so that no failure passes for success (FM17). */
export function throwIfFailed(outcomes: readonly Outcome[]): void {
  const failures = outcomes.filter(hasFailed);
  if (failures.length === 0) return;
  const told = failures.map(
    ({ binding, errors }) => `${binding}: ${errors.map(({ message }) => message).join('; ')}`,
  );
  const cause = new AggregateError(failures.flatMap(({ errors }) => errors));
  const message = `${failures.length} of ${outcomes.length} bindings failed: ${told.join(' | ')}`;
  throw new AlbridgeError('bindings-failed', message, { cause });
}
