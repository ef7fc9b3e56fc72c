// Writes docs/reference/, the tables of docs/configuration.md and those of terraform/README.md, from the compiled schema
// of the configuration, constructs and local AWS (npx tsc -b), the module, and the comments of the sources; with --check,
// only tells what is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../dist/config/reference/config-json-schema.js';
import { docComments } from '../dist/config/reference/doc-comments.js';
import { fieldTables } from '../dist/config/reference/field-tables.js';
import { apiPages, methodWords, readEntries } from './reference/api-pages.mjs';
import { iamPage } from './reference/iam-page.mjs';
import { localAwsPage } from './reference/local-aws-page.mjs';
import { metricsPage } from './reference/metrics-page.mjs';
import { terraformTables } from './reference/terraform-tables.mjs';
import { root } from './run.mjs';

const schema = configJsonSchema(docComments(read('src/config/config.ts')));
const entries = readEntries();
const outputs = {
  'docs/reference/config.schema.json': `${JSON.stringify(schema, undefined, 2)}\n`,
  'docs/configuration.md': withTables('docs/configuration.md', 'fields', fieldTables(schema)),
  'docs/reference/iam.md': iamPage(),
  'docs/reference/local-aws.md': localAwsPage(),
  'docs/reference/metrics.md': metricsPage(methodWords(entries, 'AddressSync')),
  'terraform/README.md': withTables('terraform/README.md', 'module', terraformTables(moduleFiles())),
  ...apiPages(entries),
};

const check = process.argv.includes('--check');
const stale = Object.entries(outputs).filter(([file, text]) => read(file) !== text);
for (const [file, text] of stale) {
  if (!check) writeFileSync(join(root, file), text);
  console.log(check ? `${file} is stale: run npm run reference` : `${file} written`);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;

/** The page, with each table between `<!-- <kind>: <name> -->` and `<!-- end -->`. */
function withTables(page, kind, tables) {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${kind}: ${name} -->`, '<!-- end -->'];
    if (!text.includes(begin)) throw new Error(`${page} has no place for '${begin}'`);
    return text.replace(new RegExp(`${begin}[\\s\\S]*?${end}`), () => `${begin}\n\n${table}\n\n${end}`);
  }, read(page));
}

function moduleFiles() {
  const files = readdirSync(join(root, 'terraform')).filter((name) => name.endsWith('.tf'));
  return files.sort().map((name) => read(join('terraform', name)));
}

function read(file) {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
}
