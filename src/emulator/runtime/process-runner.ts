import type { Clock, Timer } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { hex } from '../core/random.ts';
import type { FunctionVersion } from '../world/functions/function-version.ts';
import type { Invocation, InvocationResult, Runner } from '../world/functions/runner.ts';
import type { Session } from '../world/identity/session.ts';
import { CodeFolders } from './code-folders.ts';
import { environmentVariables, logStreamName } from './environment-variables.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import { InvocationLog } from './invocation-log.ts';
import { Sandbox } from './sandbox.ts';

/** As long as Lambda usually keeps an unused environment. */
const idleMs = 10 * 60_000;

/** An environment lives no longer than its credentials, less the longest time that an invocation may take. */
const credentialsSeconds = 12 * 3600;
const lifetimeMs = (credentialsSeconds - 900) * 1000;

/** Answers nothing: without a DNS server of its own, the local AWS lets no function ask the machine's. */
const noResolver = '127.0.0.1:9';

interface Warm {
  sandbox: Sandbox;
  retireAt: number;
  idle: Timer;
}

/** Runs functions in child processes: one for each invocation under way, kept warm for the next. */
export class ProcessRunner implements Runner {
  readonly #folders = new CodeFolders();
  readonly #warm = new Map<FunctionVersion, Warm[]>();
  readonly #retired = new WeakSet<FunctionVersion>();
  readonly #live = new Set<Sandbox>();
  #closed = false;

  async run(
    cell: Cell,
    version: FunctionVersion,
    invocation: Invocation,
    killed?: AbortSignal,
  ): Promise<InvocationResult> {
    const release = holdWhileItWorks(cell.clock);
    try {
      return await this.#run(cell, version, invocation, killed);
    } finally {
      release();
    }
  }

  async #run(
    cell: Cell,
    version: FunctionVersion,
    invocation: Invocation,
    killed: AbortSignal | undefined,
  ): Promise<InvocationResult> {
    const warm = this.#takeWarm(version, cell.clock.now());
    const sandbox = warm?.sandbox ?? (await this.#start(cell, version));
    const retireAt = warm?.retireAt ?? cell.clock.now() + lifetimeMs;
    const kill = (): void => void sandbox.kill();
    if (killed?.aborted) kill();
    killed?.addEventListener('abort', kill);
    const result = await sandbox.invoke(invocation);
    killed?.removeEventListener('abort', kill);
    if (sandbox.reusable && !this.#closed && !this.#retired.has(version)) {
      this.#keepWarm(cell, version, { sandbox, retireAt });
    } else {
      await this.#end(sandbox);
    }
    return result;
  }

  retire(version: FunctionVersion): void {
    this.#retired.add(version);
    for (const { sandbox, idle } of this.#warm.get(version) ?? []) {
      idle.cancel();
      void this.#end(sandbox);
    }
    this.#warm.delete(version);
  }

  /** Ends every process, and removes what was written for them. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const version of [...this.#warm.keys()]) this.retire(version);
    await Promise.all([...this.#live].map((sandbox) => this.#end(sandbox)));
    await this.#folders.remove();
  }

  #takeWarm(version: FunctionVersion, now: number): Warm | undefined {
    const pool = this.#warm.get(version) ?? [];
    for (let warm = pool.pop(); warm; warm = pool.pop()) {
      warm.idle.cancel();
      if (warm.sandbox.reusable && warm.retireAt > now) return warm;
      void this.#end(warm.sandbox);
    }
    return undefined;
  }

  #keepWarm(cell: Cell, version: FunctionVersion, { sandbox, retireAt }: Omit<Warm, 'idle'>): void {
    const pool = this.#warm.get(version) ?? [];
    const warm: Warm = {
      sandbox,
      retireAt,
      idle: cell.clock.after(idleMs, () => {
        pool.splice(pool.indexOf(warm), 1);
        void this.#end(sandbox);
      }),
    };
    pool.push(warm);
    this.#warm.set(version, pool);
  }

  async #end(sandbox: Sandbox): Promise<void> {
    await sandbox.kill();
    this.#live.delete(sandbox);
  }

  async #start(cell: Cell, version: FunctionVersion): Promise<Sandbox> {
    const [bootstrap, taskRoot] = await Promise.all([
      this.#folders.bootstrap(),
      this.#folders.unpack(version.code),
    ]);
    if (this.#closed) throw new AwsError('ServiceException', 'the local AWS is closing', 500);
    const { settings } = version;
    const log = new InvocationLog(
      cell,
      version,
      logStreamName(version, cell.clock.now(), hex(cell.random, 32)),
    );
    const environment = new ExecutionEnvironment({
      bootstrap,
      taskRoot,
      variables: environmentVariables({
        version,
        region: cell.region,
        credentials: credentialsFor(cell, version),
        logStream: log.stream,
        taskRoot,
        endpoint: cell.servers.endpoint,
      }),
      memorySizeMb: settings.memorySizeMb,
      resolver: cell.servers.dns ?? noResolver,
      logFormat: settings.logFormat,
      onLog: (message) => log.write(message),
    });
    const sandbox = new Sandbox(environment, settings, log);
    this.#live.add(sandbox);
    return sandbox;
  }
}

/** What still runs after that waits for something, which only comes if time goes on. */
const longestHoldMs = 1_000;

/** A process needs the machine's own time to start and to work: to a world in a hurry it would seem to take minutes. */
function holdWhileItWorks(clock: Clock): () => void {
  const release = clock.hold?.();
  if (!release) return () => {};
  const timer = setTimeout(release, longestHoldMs);
  return () => {
    clearTimeout(timer);
    release();
  };
}

function credentialsFor({ identity }: Cell, { functionName, settings }: FunctionVersion): Session {
  const role = identity.roleByArn(settings.role);
  if (!role) {
    throw new AwsError(
      'AccessDeniedException',
      'The role defined for the function cannot be assumed by Lambda.',
      403,
    );
  }
  return identity.issue(role, functionName, credentialsSeconds);
}
