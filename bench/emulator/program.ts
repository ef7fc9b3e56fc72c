import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Where a program of this folder is, once it is bundled. */
export function programUrl(name: string): URL {
  return new URL(`processes/${name}.mjs`, import.meta.url);
}

/** Starts a program of this folder, and gives the first thing it tells. */
export async function start<Told>(
  name: string,
  ...args: readonly (string | number)[]
): Promise<{ told: Told; process: ChildProcess }> {
  const child = fork(fileURLToPath(programUrl(name)), args.map(String));
  return { told: await nextMessage<Told>(child), process: child };
}

/** @throws Error when the process ends first */
export async function nextMessage<Told>(child: ChildProcess): Promise<Told> {
  const ended = new AbortController();
  const exit = once(child, 'exit', ended).then(([status]) => {
    throw new Error(`${child.spawnargs.slice(1).join(' ')} ended with status ${status}`);
  });
  const [told] = (await Promise.race([once(child, 'message', ended), exit])) as [Told];
  exit.catch(() => {});
  ended.abort();
  return told;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
