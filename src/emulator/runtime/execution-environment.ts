import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Invocation } from '../world/functions/runner.ts';

export interface ExecutionEnvironmentOptions {
  /** File of the bootstrap module. */
  bootstrap: string;
  /** Folder of the function's code. */
  taskRoot: string;
  /** The whole environment: nothing of the emulator's own is passed on. */
  variables: Readonly<Record<string, string>>;
  memorySizeMb: number;
  /** `127.0.0.1:53` */
  resolver: string;
  logFormat: string;
  /** Takes what the function logs: whole messages. */
  onLog: (message: string) => void;
}

/** What the bootstrap tells of loading the handler, or of an invocation. */
type Told =
  | { kind: 'ready' }
  | { kind: 'result'; payload: string; maxMemoryMb: number }
  | { kind: 'error'; payload: string; maxMemoryMb: number; fatal: boolean };

/** How loading the handler, or an invocation, ended. */
export type Outcome = Told | { kind: 'exit'; status: string } | { kind: 'timeout' };

type Message = Told | { kind: 'log'; text: string } | { kind: 'output'; text: string };

/** One process that runs one function: its handler is loaded once, then it takes one invocation at a time. */
export class ExecutionEnvironment {
  readonly #child: ChildProcess;
  readonly #onLog: (message: string) => void;
  readonly #closed: Promise<void>;
  #exit: Outcome | undefined;
  #awaiting: ((outcome: Outcome) => void) | undefined;
  /** What came when nobody waited: an error of the handler's that is told at the next invocation. */
  #pending: Outcome | undefined;

  constructor(options: ExecutionEnvironmentOptions) {
    this.#onLog = options.onLog;
    this.#child = fork(options.bootstrap, [options.resolver, options.logFormat], {
      cwd: options.taskRoot,
      env: options.variables,
      execArgv: [`--max-old-space-size=${options.memorySizeMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message: Message) => this.#receive(message));
    this.#closed = new Promise((resolve) => {
      const ended = (status: string) => {
        this.#exit ??= { kind: 'exit', status };
        this.#settle(this.#exit);
        resolve();
      };
      this.#child.once('error', (error) => ended(`error: ${error.message}`));
      this.#child.once('close', (code, signal) =>
        ended(signal ? `signal: ${signal}` : `exit status ${code}`),
      );
    });
    this.#readNativeOutput();
  }

  get alive(): boolean {
    return this.#exit === undefined;
  }

  /** Waits until the handler is loaded; `error` and `exit` say why it can't be. */
  load(timeoutMs: number): Promise<Outcome> {
    return this.#next(timeoutMs);
  }

  invoke(invocation: Invocation, timeoutMs: number): Promise<Outcome> {
    const outcome = this.#next(timeoutMs);
    if (this.#child.connected) this.#child.send({ ...invocation, timeoutMs }, () => {});
    return outcome;
  }

  /** Ends the process at once, whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #next(timeoutMs: number): Promise<Outcome> {
    const known = this.#pending ?? this.#exit;
    this.#pending = undefined;
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle({ kind: 'timeout' }), timeoutMs);
      this.#awaiting = (outcome) => {
        clearTimeout(timer);
        this.#awaiting = undefined;
        resolve(outcome);
      };
    });
  }

  #receive(message: Message): void {
    if (message.kind === 'log') this.#onLog(message.text);
    else if (message.kind === 'output') this.#logLines(message.text);
    else this.#settle(message);
  }

  #settle(outcome: Outcome): void {
    if (this.#awaiting) this.#awaiting(outcome);
    else if (outcome.kind !== 'timeout' && outcome.kind !== 'exit') this.#pending = outcome;
  }

  #logLines(text: string): void {
    for (const line of text.split('\n')) if (line !== '') this.#onLog(line);
  }

  /** What does not pass through the bootstrap: Node.js's own last words, and those of processes it starts. */
  #readNativeOutput(): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#logLines(line));
    }
  }
}
