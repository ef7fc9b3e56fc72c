// Bundles the fuzzing to dist/fuzz/, which takes a moment, and runs it with the arguments given.
import { build } from 'esbuild';
import { must, root } from './run.mjs';

await build({
  entryPoints: [`${root}fuzz/main.ts`],
  outdir: `${root}dist/fuzz`,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

must(process.execPath, ['--enable-source-maps', 'dist/fuzz/main.mjs', ...process.argv.slice(2)], {
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
