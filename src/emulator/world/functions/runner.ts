import type { Cell } from '../../core/cell.ts';
import type { FunctionVersion } from './function-version.ts';

export interface Invocation {
  requestId: string;
  /** The ARN that was invoked, with its qualifier. */
  invokedArn: string;
  /** JSON. */
  payload: string;
}

export interface InvocationResult {
  /** JSON: what the handler returned, or `{errorType, errorMessage, trace}`. */
  payload: string;
  functionError: 'Unhandled' | undefined;
  /** Without the start of the environment; the machine's own time, as the process knows no other. */
  durationMs: number;
  /** What the invocation logged. */
  log: string;
}

/** Runs functions: in child processes in the local AWS, within the test where a test wants it so. */
export interface Runner {
  /** @param killed aborted where the process is to end at once, whatever it does */
  run(
    cell: Cell,
    version: FunctionVersion,
    invocation: Invocation,
    killed?: AbortSignal,
  ): Promise<InvocationResult>;
  /** The revision will not be invoked again: what is kept warm for it may end. */
  retire(version: FunctionVersion): void;
}
