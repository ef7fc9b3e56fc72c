// Rebuilds while sources change: types and JavaScript by the compiler, the functions' bundles by esbuild.
import { spawn } from 'node:child_process';
import { bin, root } from './run.mjs';

const programs = [
  [bin('typescript/bin/tsc'), '-b', '--watch', '--preserveWatchOutput', 'src/cli', 'src/cdk', 'src/lambda'],
  ['scripts/bundle.mjs', '--watch'],
];
const children = programs.map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));
for (const child of children) {
  child.on('exit', (status) => {
    for (const other of children) other.kill();
    process.exitCode = status ?? 1;
  });
}
