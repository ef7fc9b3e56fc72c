import type { Invocation, InvocationResult, Runner } from '../world/functions/runner.ts';

export interface RecordingRunner extends Runner {
  readonly invocations: Invocation[];
  /** What the next invocations answer; an error with this message, or success. */
  failWith: string | undefined;
}

/** Runs nothing, remembers what it was asked to, and answers at once. */
export function recordingRunner(): RecordingRunner {
  const runner: RecordingRunner = {
    invocations: [],
    failWith: undefined,
    async run(_cell, _version, invocation) {
      runner.invocations.push(invocation);
      return answer(runner.failWith);
    },
    retire() {},
  };
  return runner;
}

function answer(errorMessage: string | undefined): InvocationResult {
  if (errorMessage === undefined)
    return { payload: '"done"', functionError: undefined, durationMs: 1, log: '' };
  return {
    payload: JSON.stringify({ errorType: 'Error', errorMessage }),
    functionError: 'Unhandled',
    durationMs: 1,
    log: '',
  };
}
