#!/usr/bin/env node
// Bundles each function of src/lambda into dist/lambda/<name>/index.mjs, the SDK included, and prints the sizes; zips it
// to dist/lambda/<name>.zip.
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The SDK's model of a service is thousands of array literals, which esbuild keeps because their computed keys might
 * have side effects. They have none: wrapped in a pure call, those that no command needs fall away (EC2: half a
 * megabyte).
 */
const unusedSchemas = {
  name: 'unused-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const literal = /^((?:export )?var \S+ = )(\[[\s\S]*?\]);$/gm;
      return { contents: source.replace(literal, '$1/* @__PURE__ */ (() => $2)();') };
    });
  },
};

/** Lambda gives a function its credentials in the environment; how they are found anywhere else is left out. */
const environmentCredentials = {
  name: 'environment-credentials',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'environment-credentials',
      namespace: 'bundle',
      pluginData: resolveDir,
    }));
    onLoad({ filter: /.*/, namespace: 'bundle' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: pluginData,
    }));
  },
};

/** dns-packet is CommonJS and requires a module of Node.js, which an ES module cannot; what it wants is global. */
const globalBuffer = {
  name: 'global-buffer',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^buffer$/ }, ({ kind }) =>
      kind === 'require-call' ? { path: 'buffer', namespace: 'global' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'global' }, () => ({ contents: 'exports.Buffer = Buffer;' }));
  },
};

const names = readdirSync(`${root}src/lambda`)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'));

await build({
  entryPoints: names.map((name) => ({ in: `${root}src/lambda/${name}.ts`, out: `${name}/index` })),
  outdir: `${root}dist/lambda`,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // The SDK's ES modules: its CommonJS ones can't be shaken.
  mainFields: ['module', 'main'],
  plugins: [unusedSchemas, environmentCredentials, globalBuffer],
  logLevel: 'warning',
});

/** Fixed, so that the same code is the same archive, whose hash tells Terraform whether to upload it. */
const entry = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 };

for (const name of names) {
  const path = `dist/lambda/${name}/index.mjs`;
  const bundle = await readFile(`${root}${path}`);
  await writeFile(`${root}dist/lambda/${name}.zip`, zipSync({ 'index.mjs': [bundle, entry] }));
  const kilobytes = (bytes) => `${Math.round(bytes.length / 1024)} kB`;
  console.log(`${path}  ${kilobytes(bundle)}  (gzip ${kilobytes(gzipSync(bundle))})`);
}
