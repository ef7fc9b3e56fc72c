// Writes templates/ and their reference from the compiled constructs (npx tsc -b); with --check, only tells what is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderTemplates } from '../dist/cdk/templates/render.js';

const check = process.argv.includes('--check');
const root = new URL('../', import.meta.url);

const stale = Object.entries(renderTemplates()).filter(([path, text]) => {
  const file = new URL(path, root);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});

for (const [path, text] of stale) {
  if (!check) writeFileSync(new URL(path, root), text);
  console.log(check ? `${path} is stale: run npm run templates` : `${path} written`);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
