import type { Cell } from '../../core/cell.ts';
import { DoomedInvocations } from './doomed-invocations.ts';
import { invocationMetrics, throttleMetrics } from './function-metrics.ts';
import type { FunctionVersion } from './function-version.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { Invocation, InvocationResult, Runner } from './runner.ts';

interface Asked {
  target: LambdaFunction;
  version: FunctionVersion;
  invocation: Invocation;
}

/** Lambda functions and what runs them. */
export class Functions {
  /** By name. */
  readonly all: Map<string, LambdaFunction> = new Map();
  readonly doomed: DoomedInvocations = new DoomedInvocations();
  readonly #runner: Runner;
  #closed = false;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** Once closed, asynchronous invocations that wait for another attempt are given up. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Turns an invocation down, and counts it, where the function's reserved concurrency is used up; whether it did. */
  throttles({ clock, metrics }: Cell, target: LambdaFunction): boolean {
    const { name, reservedConcurrency, running } = target;
    if (reservedConcurrency === undefined || running < reservedConcurrency) return false;
    for (const datum of throttleMetrics({ functionName: name, timestamp: clock.now() })) metrics.put(datum);
    return true;
  }

  async run(cell: Cell, asked: Asked): Promise<InvocationResult> {
    const { target } = asked;
    const measured = { functionName: target.name, timestamp: cell.clock.now() };
    target.running++;
    try {
      const result = await this.#runDoomedOrNot(cell, asked);
      const { functionError, durationMs } = result;
      const outcome = { failed: functionError !== undefined, durationMs };
      for (const datum of invocationMetrics(measured, outcome)) cell.metrics.put(datum);
      return result;
    } finally {
      target.running--;
    }
  }

  #runDoomedOrNot(cell: Cell, { target, version, invocation }: Asked): Promise<InvocationResult> {
    const functionName = target.name;
    const death = cell.faults.strikeDoing({ kind: 'killed-function', of: 'function', name: functionName });
    if (!death) return this.#runner.run(cell, version, invocation);
    return this.doomed.run({ functionName, death, clock: cell.clock }, (killed) =>
      this.#runner.run(cell, version, invocation, killed),
    );
  }

  /** Puts a revision in the place of `$LATEST`; invocations under way finish with the one they began with. */
  replaceLatest(target: LambdaFunction, revision: FunctionVersion): void {
    this.#runner.retire(target.latest);
    target.latest = revision;
  }

  delete(target: LambdaFunction): void {
    this.all.delete(target.name);
    for (const version of [target.latest, ...target.versions.values()]) this.#runner.retire(version);
  }

  deleteVersion(target: LambdaFunction, version: FunctionVersion): void {
    target.versions.delete(version.version);
    this.#runner.retire(version);
  }

  close(): void {
    this.#closed = true;
  }
}
