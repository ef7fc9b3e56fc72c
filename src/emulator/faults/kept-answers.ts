import type { HttpAnswer } from '../core/http-route.ts';

interface Kept {
  at: number;
  answer: HttpAnswer;
}

/** One call as anybody may make it: its input counts, and not the caller. */
export interface ReadCall {
  service: string;
  action: string;
  input: unknown;
}

/**
 * Answers of reads, kept for as long as a fault may serve them in the place of later ones: what a replica that lags
 * behind still has to tell.
 */
export class KeptAnswers {
  readonly #kept: Map<string, Kept[]> = new Map();

  /** Keeps an answer, and forgets those of the same read that are older than `staleFor` milliseconds. */
  keep(call: ReadCall, answer: HttpAnswer, { now, staleFor }: { now: number; staleFor: number }): void {
    const recent = this.#recent(call, now - staleFor);
    this.#kept.set(keyOf(call), [...recent, { at: now, answer }]);
  }

  /** The oldest answer to the same read that is not older than `staleFor` milliseconds. */
  oldest(call: ReadCall, { now, staleFor }: { now: number; staleFor: number }): HttpAnswer | undefined {
    return this.#recent(call, now - staleFor)[0]?.answer;
  }

  /** Forgets all: a fault that is added later does not serve what came before it. */
  clear(): void {
    this.#kept.clear();
  }

  #recent(call: ReadCall, since: number): Kept[] {
    return (this.#kept.get(keyOf(call)) ?? []).filter(({ at }) => at >= since);
  }
}

function keyOf({ service, action, input }: ReadCall): string {
  return `${service} ${action} ${JSON.stringify(input)}`;
}
