import type { Config } from '../config/config.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { hasFailed, type Outcome } from '../engine/outcome.ts';
import { reconcileTogether } from '../engine/reconcile.ts';
import type { Source } from '../engine/source.ts';
import { concurrently } from './concurrently.ts';
import { type LastSuccesses, lastSuccesses } from './last-successes.ts';
import { logLine } from './log-line.ts';
import { metricsLine } from './metrics.ts';
import { type Expected, rendezvous } from './rendezvous.ts';
import { type Reach, type WiredBinding, wire } from './wire.ts';

/** What bindings reach the world by, and who is told of their passes. */
export interface RunOptions extends Reach {
  /** Takes a line of the log. */
  write: (line: string) => void;
  /** When bindings last succeeded, kept from run to run. @default none: this run is the first that anyone knows of */
  lastSuccesses?: LastSuccesses;
}

/** So many bindings at once: about as many as share one listing of interfaces. The clients see to AWS's throttle limits. */
const concurrency = 200;

/** How long a binding whose sinks are read waits for others, so that all sources are read together. */
const patience = 1_000;

/** One pass of every binding, each for itself (FM20); every outcome is told in the log, and given back. */
export async function run({ bindings }: Config, options: RunOptions): Promise<Outcome[]> {
  const { wait, lastSuccesses: successes = lastSuccesses() } = options;
  const sinksRead = rendezvous({ wait, patience });
  const outcomes = await concurrently(bindings, concurrency, (binding) =>
    runBinding(wire(binding, options), {
      ...options,
      lastSuccesses: successes,
      expected: sinksRead.expect(),
    }),
  );
  return outcomes.flat();
}

interface PassOptions extends Required<Pick<RunOptions, 'now' | 'write' | 'lastSuccesses'>> {
  expected: Expected;
}

async function runBinding(
  { source, sinks }: WiredBinding,
  { now, write, lastSuccesses, expected }: PassOptions,
): Promise<Outcome[]> {
  const started = now();
  const outcomes = await reconcileTogether(readWithOthers(source, expected), sinks);
  expected.leave();
  const ended = now();
  for (const outcome of outcomes) {
    const sinceSuccess = lastSuccesses.passed(outcome, { started, ended });
    const timing = { started, duration: ended - started, sinceSuccess };
    const line = logLine(outcome, timing);
    if (line !== undefined) write(line);
    write(metricsLine(outcome, timing));
  }
  return outcomes;
}

/** A source is asked for once its sinks are read (FM15); only then it may wait for others, to share their calls. */
function readWithOthers(source: Source, expected: Expected): Source {
  return {
    ...source,
    async read() {
      await expected.arrive();
      return source.read();
    },
  };
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
