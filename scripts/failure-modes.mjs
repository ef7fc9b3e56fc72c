// Writes into docs/failure-modes.md which tests name which failure mode; with --check, only tells whether it is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const page = join(root, 'docs/failure-modes.md');
const [begin, end] = ['<!-- by scripts/failure-modes.mjs -->', '<!-- end -->'];
const folders = ['src', 'simulation', 'fuzz', 'test', 'examples'];

const text = readFileSync(page, 'utf8');
const rows = [...text.matchAll(/^\| (FM\d+) \|/gm)]
  .map(([, id]) => id)
  .filter((id, at, all) => all.indexOf(id) === at);
const tests = folders.flatMap(testFiles).sort();
const mentions = new Map(tests.map((file) => [file, namesIn(readFileSync(join(root, file), 'utf8'))]));

const unknown = [...mentions].flatMap(([file, ids]) =>
  [...ids].filter((id) => !rows.includes(id)).map((id) => `${file}: ${id}`),
);
const written = text.includes(begin)
  ? text.replace(new RegExp(`${begin}[\\s\\S]*${end}`), section())
  : `${text.trimEnd()}\n\n## Tests\n\n${section()}\n`;

const check = process.argv.includes('--check');
if (unknown.length > 0)
  console.log(`tests name failure modes that are not in docs/failure-modes.md: ${unknown.join(', ')}`);
if (written !== text) {
  if (!check) writeFileSync(page, written);
  console.log(
    check ? 'docs/failure-modes.md is stale: run npm run failure-modes' : 'docs/failure-modes.md written',
  );
}
process.exitCode = unknown.length > 0 || (check && written !== text) ? 1 : 0;

function section() {
  const lines = rows.map((id) => `| ${id} | ${linksOf(id) || 'none yet'} |`);
  return [begin, '', '| | tests |', '|---|---|', ...lines, '', end].join('\n');
}

function linksOf(id) {
  return [...mentions]
    .filter(([, ids]) => ids.has(id))
    .map(([file]) => `[${file.replace(/^src\//, '').replace(/\.test\.ts$/, '')}](../${file})`)
    .join(', ');
}

function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'));
}

/** Numbers in strings: those in comments name what a test is near, not what it proves. */
function namesIn(source) {
  const code = source.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  return new Set(
    [...code.matchAll(/['"`][^'"`\n]*?\bFM\d+[^\n]*/g)].flatMap(([line]) => line.match(/FM\d+/g) ?? []),
  );
}
