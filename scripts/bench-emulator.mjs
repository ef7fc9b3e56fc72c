// Bundles the benchmark of the local AWS to dist/bench/, which takes a moment, and runs it with the arguments given.
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { must, root } from './run.mjs';

const folder = `${root}bench/emulator`;

await build({
  entryPoints: [
    `${folder}/main.ts`,
    ...readdirSync(`${folder}/processes`).map((name) => `${folder}/processes/${name}`),
  ],
  outdir: `${root}dist/bench/emulator`,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

must(process.execPath, ['--enable-source-maps', 'dist/bench/emulator/main.mjs', ...process.argv.slice(2)], {
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
