// Writes templates/ from the compiled constructs (npx tsc -b); with --check, only tells what is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderTemplates } from '../dist/cdk/templates/render.js';

const check = process.argv.includes('--check');
const directory = new URL('../templates/', import.meta.url);

const stale = Object.entries(renderTemplates()).filter(([name, text]) => {
  const file = new URL(name, directory);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});

for (const [name, text] of stale) {
  if (!check) writeFileSync(new URL(name, directory), text);
  console.log(check ? `templates/${name} is stale: run npm run templates` : `templates/${name} written`);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
