import type { Cell } from '../../core/cell.ts';
import { DoomedInvocations } from './doomed-invocations.ts';
import type { FunctionVersion } from './function-version.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { Invocation, InvocationResult, Runner } from './runner.ts';

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

  /** Whether the function's reserved concurrency is used up. */
  isThrottled(target: LambdaFunction): boolean {
    return target.reservedConcurrency !== undefined && target.running >= target.reservedConcurrency;
  }

  async run(
    cell: Cell,
    {
      target,
      version,
      invocation,
    }: { target: LambdaFunction; version: FunctionVersion; invocation: Invocation },
  ): Promise<InvocationResult> {
    const functionName = target.name;
    const death = cell.faults.strikeDoing({ kind: 'killed-function', of: 'function', name: functionName });
    target.running++;
    try {
      if (!death) return await this.#runner.run(cell, version, invocation);
      return await this.doomed.run({ functionName, death, clock: cell.clock }, (killed) =>
        this.#runner.run(cell, version, invocation, killed),
      );
    } finally {
      target.running--;
    }
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
