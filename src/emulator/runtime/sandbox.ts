import type { FunctionSettings } from '../world/functions/function-version.ts';
import type { Invocation, InvocationResult } from '../world/functions/runner.ts';
import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import type { InvocationLog, Report } from './invocation-log.ts';

/** Lambda gives a handler ten seconds to load before it counts the time against the function's own time-out. */
const loadTimeoutMs = 10_000;

/** An execution environment in use: loads the handler once, and tells each invocation's story in the log. */
export class Sandbox {
  readonly #environment: ExecutionEnvironment;
  readonly #settings: FunctionSettings;
  readonly #log: InvocationLog;
  #loaded = false;
  #broken = false;

  constructor(environment: ExecutionEnvironment, settings: FunctionSettings, log: InvocationLog) {
    this.#environment = environment;
    this.#settings = settings;
    this.#log = log;
  }

  /** Whether another invocation can run here. */
  get reusable(): boolean {
    return this.#environment.alive && !this.#broken;
  }

  /** Durations are the machine's own, as time-outs are: the process knows no other clock. */
  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const timeoutMs = this.#settings.timeoutSeconds * 1000;
    const began = performance.now();
    const loading = this.#loaded ? undefined : await this.#environment.load(loadTimeoutMs + timeoutMs);
    const loadedAt = performance.now();
    this.#log.start(invocation.requestId);
    const outcome =
      loading === undefined || loading.kind === 'ready'
        ? await this.#environment.invoke(invocation, timeoutMs)
        : loading;
    const durationMs = performance.now() - loadedAt;
    this.#loaded = true;
    return this.#conclude(outcome, {
      requestId: invocation.requestId,
      durationMs,
      initMs: loading === undefined ? undefined : loadedAt - began,
    });
  }

  kill(): Promise<void> {
    return this.#environment.kill();
  }

  #conclude(outcome: Outcome, report: Pick<Report, 'requestId' | 'durationMs' | 'initMs'>): InvocationResult {
    const problem = problemOf(outcome, this.#settings);
    if (problem) this.#log.problem(report.requestId, problem.message);
    this.#broken = problem !== undefined || (outcome.kind === 'error' && outcome.fatal);
    const { memorySizeMb } = this.#settings;
    const maxMemoryMb = 'maxMemoryMb' in outcome ? outcome.maxMemoryMb : memorySizeMb;
    this.#log.report({ ...report, memorySizeMb, maxMemoryMb, status: statusOf(outcome) });
    return {
      payload: 'payload' in outcome ? outcome.payload : problemPayload(problem, report.requestId),
      functionError: outcome.kind === 'result' ? undefined : 'Unhandled',
      durationMs: report.durationMs,
      log: this.#log.take(),
    };
  }
}

interface Problem {
  type: string;
  message: string;
}

/** What went wrong around the handler, which could not tell of it itself. */
function problemOf(outcome: Outcome, { timeoutSeconds }: FunctionSettings): Problem | undefined {
  if (outcome.kind === 'timeout') {
    return { type: 'Sandbox.Timedout', message: `Task timed out after ${timeoutSeconds.toFixed(2)} seconds` };
  }
  if (outcome.kind !== 'exit') return undefined;
  return { type: 'Runtime.ExitError', message: `Runtime exited with error: ${outcome.status}` };
}

function statusOf(outcome: Outcome): Report['status'] {
  if (outcome.kind === 'timeout') return 'timeout';
  return outcome.kind === 'result' ? 'success' : 'error';
}

function problemPayload(problem: Problem | undefined, requestId: string): string {
  if (!problem) return 'null';
  return JSON.stringify({
    errorType: problem.type,
    errorMessage: `RequestId: ${requestId} Error: ${problem.message}`,
  });
}
