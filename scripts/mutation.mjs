// Mutation testing: each area of the product is changed in small ways, and its own tests have to notice. Names of
// areas as arguments, all of them where there are none; `--files` and a glob narrow one down, and `--incremental` tries
// again only what has changed since the last report, or was not killed then.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { root } from './run.mjs';

/** The folders in `src/`, and the percentage of mutants that their tests have to kill. */
const areas = { engine: 90, sources: 80, sinks: 80 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string' },
    incremental: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
});
const unknown = positionals.filter((name) => !(name in areas));
if (unknown.length > 0) {
  console.error(
    `no such area: ${unknown.join(', ')}; give ${Object.keys(areas).join(', ')}, or none for all of them`,
  );
  process.exit(1);
}

process.chdir(root);
for (const area of positionals.length > 0 ? positionals : Object.keys(areas)) await mutate(area);

/** Sets the exit status where too many survive. */
async function mutate(area) {
  if (values.incremental) takeOverKilled(area);
  console.log(`\n${area}: at least ${areas[area]} % are to be killed`);
  await new Stryker({
    mutate: [values.files ?? `src/${area}/**/*.ts`, '!src/**/*.test.ts', '!src/**/testing/**'],
    testRunner: 'vitest',
    plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
    vitest: { configFile: 'vitest.mutation.config.ts', dir: `src/${area}` },
    coverageAnalysis: 'perTest',
    incremental: values.incremental,
    incrementalFile: `.mutation/${area}.killed.json`,
    concurrency: Number(values.jobs),
    // Long enough that a busy machine is not taken for a mutant without an end.
    timeoutMS: 30_000,
    thresholds: { high: 100, low: areas[area], break: values.files ? null : areas[area] },
    // The compiler has no JavaScript interface: nothing may parse or rewrite its files.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    tempDirName: '.mutation/sandbox',
    cleanTempDir: 'always',
    ignorePatterns: ['dist', 'docs', 'examples', 'templates'],
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
    htmlReporter: { fileName: `.mutation/${area}.html` },
    jsonReporter: { fileName: `.mutation/${area}.json` },
  }).runMutationTest();
}

/** What survived is left out: it is tried again, as a test that is new may kill it. */
function takeOverKilled(area) {
  if (!existsSync(`.mutation/${area}.json`)) return;
  const report = JSON.parse(readFileSync(`.mutation/${area}.json`, 'utf8'));
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status === 'Killed');
  }
  writeFileSync(`.mutation/${area}.killed.json`, JSON.stringify(report));
}
