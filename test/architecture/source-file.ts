import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the sources: its path from the root, `src/engine/plan.ts`, and what is in it. */
export interface SourceFile {
  path: string;
  text: string;
}

export const root: string = fileURLToPath(new URL('../../', import.meta.url));

export function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

/** What is shipped of `src`: tests and what only they need are left out. */
export function shippedFiles(): SourceFile[] {
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('/testing/'))
    .map((path) => ({ path, text: read(path) }));
}

/** `engine` of `src/engine/plan.ts`. */
export function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Where a file imports from, dynamically or not: packages by name, files by their path from the root. */
export function importsOf({ path, text }: SourceFile): string[] {
  const imports = /(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g;
  return [...withoutComments(text).matchAll(imports)].map(([, specifier = '']) =>
    specifier.startsWith('.') ? new URL(specifier, `file:///${path}`).pathname.slice(1) : specifier,
  );
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
