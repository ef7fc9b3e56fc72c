// Bundles a program of this repository to dist/, which takes a moment, and runs it with the arguments of the script.
import { build } from 'esbuild';
import { must, root } from './run.mjs';

/** `main.ts` of a folder, and what else of it is loaded by itself: a worker, a process. */
export async function bundleAndRun(folder, others = []) {
  await build({
    entryPoints: ['main.ts', ...others].map((name) => `${root}${folder}/${name}`),
    outdir: `${root}dist/${folder}`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  must(process.execPath, ['--enable-source-maps', `dist/${folder}/main.mjs`, ...process.argv.slice(2)], {
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
}
