import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootstrapSource } from './bootstrap-source.ts';

/** Starts the bootstrap as the emulator does, and says when the handler is loaded. */
const emulator = `
  const child = require('node:child_process').fork('./bootstrap.mjs', ['127.0.0.1:9', 'Text'], {
    env: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: process.cwd() },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', () => console.log('ready'));
`;

test('ends with the emulator, even when that is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'albridge-bootstrap-'));
  await writeFile(join(folder, 'bootstrap.mjs'), bootstrapSource);
  await writeFile(
    join(folder, 'index.mjs'),
    'setTimeout(() => {}, 120_000); export const handler = () => {}',
  );
  const parent = spawn(process.execPath, ['-e', emulator], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  expect(String(line)).toBe('ready\n');

  parent.kill('SIGKILL');

  // The function holds the other end of this pipe for as long as it lives.
  await once(parent.stdout, 'close');
  await rm(folder, { recursive: true });
});
