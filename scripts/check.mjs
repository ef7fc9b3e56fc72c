// Everything that can be told of the code without running it: format, lint, types, unused code, package hygiene.
import { bin, must, run } from './run.mjs';

must(process.execPath, ['scripts/ready.mjs']);
const checks = [
  ['format and lint', bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'],
  ['types', bin('typescript/bin/tsc'), '-b'],
  ['unused code', bin('knip/bin/knip.js')],
  ['lockfile', 'scripts/lockfile.mjs'],
  ['templates', 'scripts/templates.mjs', '--check'],
  ['reference', 'scripts/reference.mjs', '--check'],
  ['documentation', 'scripts/docs.mjs'],
  ['failure modes', 'scripts/failure-modes.mjs', '--check'],
  ['package', bin('publint/src/cli.js'), '--strict'],
  ['package types', bin('@arethetypeswrong/cli/dist/index.js'), '--pack', '.', '--profile', 'esm-only'],
];

let failed = 0;
for (const [name, ...command] of checks) {
  console.log(`\n=== ${name}`);
  if (run(process.execPath, command) !== 0) {
    console.error(`=== ${name}: failed`);
    failed++;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
