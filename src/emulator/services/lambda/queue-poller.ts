import type { Timer } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { EventSourceMapping } from '../../world/functions/event-source-mappings.ts';
import type { FunctionVersion } from '../../world/functions/function-version.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';
import type { InvocationResult } from '../../world/functions/runner.ts';
import type { Message } from '../../world/queues/message.ts';
import { queueRecord } from './queue-record.ts';
import { type FunctionReference, findVersion } from './reference.ts';

/** From a message to its receipt: what arrives meanwhile comes in the same batch. */
const pollMs = 50;

/** Lambda polls on after a while where the function's concurrency is used up. */
const throttledMs = 1000;

/** Lambda begins with five pollers, and adds more under load: there is no such load here. */
const concurrentBatches = 5;

/** Invokes a function with a queue's messages; deletes those that succeeded, and leaves the others to reappear. */
export class QueuePoller {
  readonly #cell: Cell;
  readonly #mapping: EventSourceMapping;
  readonly #unsubscribe: (() => void) | undefined;
  #next: Timer | undefined;
  #running = 0;
  #stopped = false;

  constructor(cell: Cell, mapping: EventSourceMapping) {
    this.#cell = cell;
    this.#mapping = mapping;
    this.#unsubscribe = cell.queues.byArn(mapping.queueArn)?.changes.subscribe(() => this.#pollAfter(pollMs));
    this.#pollAfter(pollMs);
  }

  /** Batches under way finish. */
  stop(): void {
    this.#stopped = true;
    this.#unsubscribe?.();
    this.#next?.cancel();
  }

  #pollAfter(milliseconds: number): void {
    if (this.#stopped || this.#next) return;
    this.#next = this.#cell.clock.after(milliseconds, () => {
      this.#next = undefined;
      this.#poll();
    });
  }

  #poll(): void {
    const { functions, queues } = this.#cell;
    const queue = queues.byArn(this.#mapping.queueArn);
    const found = this.#function();
    if (this.#stopped || !queue || !found) return;
    while (this.#running < (this.#mapping.maximumConcurrency ?? concurrentBatches)) {
      if (functions.throttles(this.#cell, found.target)) {
        this.#pollAfter(throttledMs);
        return;
      }
      const batch = queues.receive(queue, this.#mapping.batchSize);
      if (batch.length === 0) return;
      void this.#run(found, batch);
    }
  }

  #function(): (FunctionReference & { version: FunctionVersion }) | undefined {
    try {
      return findVersion({ FunctionName: this.#mapping.functionArn }, { cell: this.#cell });
    } catch {
      return undefined;
    }
  }

  async #run(
    { target, qualifier, version }: FunctionReference & { version: FunctionVersion },
    batch: readonly Message[],
  ): Promise<void> {
    const records = batch.map((message) => queueRecord(message, this.#mapping.queueArn, this.#cell.region));
    const invocation = {
      requestId: uuid(this.#cell.random),
      invokedArn: qualifiedArn(target, qualifier),
      payload: JSON.stringify({ Records: records }),
    };
    this.#running++;
    try {
      const result = await this.#cell.functions.run(this.#cell, { target, version, invocation });
      const queue = this.#cell.queues.byArn(this.#mapping.queueArn);
      for (const message of succeeded(batch, result, this.#mapping.reportsFailures)) queue?.delete(message);
    } catch {
      // The local AWS could not run it: the messages reappear, as after any other failure.
    } finally {
      this.#running--;
    }
    this.#pollAfter(pollMs);
  }
}

/** All, none, or those that the answer does not name; an answer that names what was not sent is none at all. */
function succeeded(
  batch: readonly Message[],
  { functionError, payload }: InvocationResult,
  reportsFailures: boolean,
): readonly Message[] {
  if (functionError !== undefined) return [];
  if (!reportsFailures) return batch;
  const failed = readFailures(payload);
  const ids = new Set(batch.map(({ id }) => id));
  if (failed === undefined || failed.some((id) => !ids.has(id))) return [];
  return batch.filter(({ id }) => !failed.includes(id));
}

function readFailures(payload: string): string[] | undefined {
  const answer: unknown = JSON.parse(payload || 'null');
  const failures = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return undefined;
  return failures.map((failure: { itemIdentifier?: unknown } | null) =>
    String(failure?.itemIdentifier ?? ''),
  );
}
