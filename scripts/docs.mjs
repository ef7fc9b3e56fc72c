// Checks the documentation: links lead to files and headings that exist, `npm run` to scripts, and blocks of TypeScript
// compile.
// What a block takes for granted stands before it in a comment: `<!-- given … -->`.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bin, root, run } from './run.mjs';

const pages = ['.', 'docs', 'examples', 'terraform'].flatMap(pagesIn);
const texts = new Map(pages.map((page) => [page, readFileSync(join(root, page), 'utf8')]));

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const broken = pages.flatMap((page) => [...brokenLinks(page), ...unknownScripts(page)]);
for (const problem of broken) console.error(problem);
const compiled = compileBlocks() === 0;
process.exitCode = broken.length > 0 || !compiled ? 1 : 0;

function pagesIn(folder) {
  return readdirSync(join(root, folder), { recursive: folder !== '.' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules/'))
    .sort();
}

function brokenLinks(page) {
  return linksOf(texts.get(page)).flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), decodeURIComponent(path)).replace(/\/$/, '');
    if (!existsSync(join(root, target))) return [`${page}: '${link}' leads to no file`];
    if (anchor === undefined || anchorsOf(target).includes(anchor)) return [];
    return [`${page}: '${link}' leads to no heading of ${target}`];
  });
}

function unknownScripts(page) {
  const named = [...texts.get(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name);
  return named.filter((name) => !(name in scripts)).map((name) => `${page}: 'npm run ${name}' is no script`);
}

function linksOf(text) {
  const prose = withoutFences(text).replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '``');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/ src(?:set)?="([^"]+)"/g)];
  return found.map(([, link]) => link);
}

/** As GitHub names headings: those that repeat are numbered. */
function anchorsOf(page) {
  const taken = new Map();
  const text = texts.get(page) ?? '';
  return [...withoutFences(text).matchAll(/^#+ +(.+?) *$/gm)].map(([, heading]) => {
    const words = heading.replaceAll(/\]\([^)]*\)/g, ']').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-');
    const count = taken.get(anchor) ?? 0;
    taken.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function withoutFences(text) {
  return text.replaceAll(/^(```+)[\s\S]*?^\1$/gm, '');
}

function compileBlocks() {
  const folder = join(root, 'dist/.docs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const blocks = pages.flatMap((page) =>
    blocksOf(texts.get(page)).map((block, index) => {
      const name = page.replaceAll('/', '-').replace(/\.md$/, '');
      return [`${name}-${index + 1}.ts`, block];
    }),
  );
  for (const [file, block] of blocks) writeFileSync(join(folder, file), block);
  const files = blocks.map(([file]) => file);
  const compilerOptions = {
    allowImportingTsExtensions: true,
    composite: false,
    exactOptionalPropertyTypes: false,
    incremental: false,
    isolatedDeclarations: false,
    noEmit: true,
    noUnusedLocals: false,
    rootDir: '../..',
    types: ['node'],
  };
  const config = { extends: '../../tsconfig.base.json', compilerOptions, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return run(process.execPath, [bin('typescript/bin/tsc'), '-p', folder]);
}

/** The blocks of TypeScript, each a module: what is no declaration stands in a function, in a construct's place. */
function blocksOf(text) {
  const blocks = text.matchAll(/(?:<!-- given\n([\s\S]*?)-->\s*)?^```ts\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, given = '', code]) => {
    const [imports, rest] = divide(code);
    if (/^export /m.test(rest)) return `${given}${imports}${rest}`;
    const construct = `import type { Construct as This } from 'constructs';\n`;
    return `${given}${imports}${construct}export async function block(this: This): Promise<void> {\n${rest}}\n`;
  });
}

function divide(code) {
  const imports = [...code.matchAll(/^import [\s\S]*?;\n/gm)].map(([found]) => found);
  return [imports.join(''), imports.reduce((rest, found) => rest.replace(found, ''), code)];
}
