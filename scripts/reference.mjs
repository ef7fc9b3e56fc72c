// Writes docs/reference/, and the tables of docs/configuration.md, from the compiled schema of the configuration, the
// compiled constructs (npx tsc -b), and the comments of the sources; with --check, only tells what is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../dist/config/reference/config-json-schema.js';
import { docComments } from '../dist/config/reference/doc-comments.js';
import { fieldTables } from '../dist/config/reference/field-tables.js';
import { apiPages, methodWords, readEntries } from './reference/api-pages.mjs';
import { iamPage } from './reference/iam-page.mjs';
import { metricsPage } from './reference/metrics-page.mjs';
import { root } from './run.mjs';

const schema = configJsonSchema(docComments(read('src/config/config.ts')));
const entries = readEntries();
const outputs = {
  'docs/reference/config.schema.json': `${JSON.stringify(schema, undefined, 2)}\n`,
  'docs/configuration.md': withTables(read('docs/configuration.md')),
  'docs/reference/iam.md': iamPage(),
  'docs/reference/metrics.md': metricsPage(methodWords(entries, 'AddressSync')),
  ...apiPages(entries),
};

const check = process.argv.includes('--check');
const stale = Object.entries(outputs).filter(([file, text]) => read(file) !== text);
for (const [file, text] of stale) {
  if (!check) writeFileSync(join(root, file), text);
  console.log(check ? `${file} is stale: run npm run reference` : `${file} written`);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;

function withTables(page) {
  return Object.entries(fieldTables(schema)).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- fields: ${name} -->`, '<!-- end -->'];
    if (!text.includes(begin)) throw new Error(`docs/configuration.md has no place for '${begin}'`);
    return text.replace(new RegExp(`${begin}[\\s\\S]*?${end}`), () => `${begin}\n\n${table}\n\n${end}`);
  }, page);
}

function read(file) {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
}
