import type { LogFormat } from '@aws-sdk/client-lambda';
import type { Cell } from '../core/cell.ts';
import type { FunctionVersion } from '../world/functions/function-version.ts';

/** What Lambda itself says about an invocation. */
export interface Report {
  requestId: string;
  durationMs: number;
  memorySizeMb: number;
  maxMemoryMb: number;
  /** Where the invocation was a cold start. */
  initMs: number | undefined;
  status: 'success' | 'error' | 'timeout';
}

/** The log stream of one execution environment. */
export class InvocationLog {
  readonly stream: string;
  readonly #cell: Cell;
  readonly #group: string;
  readonly #format: LogFormat;
  readonly #version: string;
  #lines: string[] = [];
  #opened = false;

  constructor(cell: Cell, { settings, version }: FunctionVersion, stream: string) {
    this.stream = stream;
    this.#cell = cell;
    this.#group = settings.logGroup;
    this.#format = settings.logFormat;
    this.#version = version;
  }

  /** The environment makes its group and stream when it first writes; if they are deleted later, they stay so. */
  write(message: string): void {
    const { clock, logGroups } = this.#cell;
    this.#lines.push(message);
    if (this.#opened && !logGroups.all.get(this.#group)?.streams.has(this.stream)) return;
    this.#opened = true;
    const now = clock.now();
    const entry = { timestamp: now, message: `${message}\n`, writersTime: Date.now() };
    logGroups.write(this.#group, this.stream, [entry], now);
  }

  /** What was written since this was last asked. */
  take(): string {
    const text = this.#lines.map((line) => `${line}\n`).join('');
    this.#lines = [];
    return text;
  }

  start(requestId: string): void {
    const version = this.#version;
    if (this.#format === 'JSON') this.#platform('platform.start', { requestId, version });
    else this.write(`START RequestId: ${requestId} Version: ${version}`);
  }

  /** Dated, as the runtime's own messages are. */
  problem(requestId: string, message: string): void {
    this.write(`${new Date(this.#cell.clock.now()).toISOString()} ${requestId} ${message}`);
  }

  report(report: Report): void {
    const { requestId, status, ...metrics } = report;
    if (this.#format === 'JSON') this.#platform('platform.report', { requestId, status, metrics });
    else for (const line of [`END RequestId: ${requestId}`, reportLine(report)]) this.write(line);
  }

  #platform(type: string, record: object): void {
    this.write(JSON.stringify({ time: new Date(this.#cell.clock.now()).toISOString(), type, record }));
  }
}

/** Lambda bills the cold start with the invocation that waited for it. */
function reportLine(report: Report): string {
  const { requestId, durationMs, memorySizeMb, maxMemoryMb, initMs, status } = report;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${memorySizeMb} MB`,
    `Max Memory Used: ${maxMemoryMb} MB`,
  ];
  if (initMs !== undefined) fields.push(`Init Duration: ${initMs.toFixed(2)} ms`);
  if (status !== 'success') fields.push(`Status: ${status}`);
  return `${fields.join('\t')}\t`;
}
