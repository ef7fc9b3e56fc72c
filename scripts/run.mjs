// Runs other programs for the scripts of this folder; Node's built-ins alone.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program with its output shown, and gives its exit status. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Runs a program, and ends this one with its exit status when it fails. */
export function must(command, args, options) {
  const status = run(command, args, options);
  if (status !== 0) process.exit(status);
}

/** The JavaScript of a package's program, which `process.execPath` runs on every system. */
export function bin(path) {
  return fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
}
