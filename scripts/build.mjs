// Compiles every layer to dist/, bundles and zips the functions to dist/lambda, and makes the command runnable.
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, must, root } from './run.mjs';

must(process.execPath, [bin('typescript/bin/tsc'), '-b', 'src/cli', 'src/cdk', 'src/lambda']);
must(process.execPath, ['scripts/bundle.mjs']);
linkCommand();
writeFileSync(join(root, 'dist/.built'), '');

/** `npx albridge` finds the commands of dependencies alone: here the checkout's own is put beside them. */
function linkCommand() {
  chmodSync(join(root, 'dist/cli/main.js'), 0o755);
  const folder = join(root, 'node_modules/.bin');
  if (process.platform === 'win32') {
    writeFileSync(join(folder, 'albridge.cmd'), '@node "%~dp0..\\..\\dist\\cli\\main.js" %*\r\n');
    return;
  }
  rmSync(join(folder, 'albridge'), { force: true });
  symlinkSync('../../dist/cli/main.js', join(folder, 'albridge'));
}
