import { forbiddenTo, type Layers } from './layers.ts';
import { importsOf, layerOf, type SourceFile, withoutComments } from './source-file.ts';

/** Tells each place where a rule is broken. */
export type Rule = (files: readonly SourceFile[]) => string[];

/** Layers import what the table allows, and no other. */
export function downward(layers: Layers): Rule {
  return (files) =>
    files.flatMap((file) => {
      const forbidden = forbiddenTo(layers, layerOf(file.path));
      return importsOf(file)
        .filter((imported) => imported.startsWith('src/') && forbidden.includes(layerOf(imported)))
        .map((imported) => `${file.path} imports ${imported}`);
    });
}

const impure = [
  /\bnew Date\(\)/,
  /\bDate\.now\b/,
  /\bperformance\b/,
  /\bMath\.random\b/,
  /\bcrypto\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bprocess\./,
  /\bconsole\./,
  /\bfetch\(/,
];

/** The engine takes what it needs as arguments: no package, no module of Node.js, no clock and no chance. */
export const pureEngine: Rule = (files) =>
  files
    .filter(({ path }) => layerOf(path) === 'engine')
    .flatMap((file) => [
      ...importsOf(file)
        .filter((imported) => !imported.startsWith('src/'))
        .map((imported) => `${file.path} imports ${imported}`),
      ...impure.flatMap((pattern) => {
        const found = pattern.exec(withoutComments(file.text));
        return found ? [`${file.path} uses ${found[0]}`] : [];
      }),
    ]);

const drawer = /(?:^|\/)(?:utils?|helpers?|common|shared|misc|types|constants)(?:\.ts|\/)/;

/** Files are named after the one thing that they are about. */
export const noDrawers: Rule = (files) =>
  files.filter(({ path }) => drawer.test(path)).map(({ path }) => `${path} is a drawer`);

/** Files of a reasonable size, but for those named. */
export function noLongerThan(lines: number): Rule {
  return (files) =>
    files
      .map(({ path, text }) => ({ path, length: text.trimEnd().split('\n').length }))
      .filter(({ length }) => length > lines)
      .map(({ path, length }) => `${path} has ${length} lines`);
}

/**
 * Servers listen on the loopback interface: their call says so, or stands in one of the files given, which see to it
 * themselves. Nothing names every address of the machine.
 */
export function loopbackOnly(trusted: readonly string[]): Rule {
  return (files) =>
    files.flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        .filter(
          (line) =>
            (listens(line) && !trusted.includes(path) && !line.includes("'127.0.0.1'")) || isOpen(line),
        )
        .map((line) => `${path}: ${line.trim()}`),
    );
}

function listens(line: string): boolean {
  return /\b\w*(?:server|socket|datagrams)\.(?:listen|bind)\(/i.test(line);
}

/** In strings that are split, `::` is a part of an IPv6 address. */
function isOpen(line: string): boolean {
  return /(['"`])(?:0\.0\.0\.0|::)\1/.test(line) && !/\.(?:split|replace)\(/.test(line);
}
