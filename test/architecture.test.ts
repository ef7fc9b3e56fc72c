import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forbiddenTo, readLayers } from './architecture/layers.ts';
import {
  downward,
  loopbackOnly,
  noDrawers,
  noLongerThan,
  pureEngine,
  type Rule,
} from './architecture/rules.ts';
import { read, root, shippedFiles } from './architecture/source-file.ts';

const layers = readLayers(read('CONTRIBUTING.md'));

const rules: Record<string, Rule> = {
  'imports go where the table of layers lets them': downward(layers),
  'the engine is pure': pureEngine,
  'nothing is a drawer': noDrawers,
  'no file is longer than 350 lines': noLongerThan(350),
  'servers listen on the loopback interface': loopbackOnly([
    // Refuses every other interface.
    'src/emulator/core/listen.ts',
    // Binds what `listen` has accepted.
    'src/emulator/data-plane/dns/dns-server.ts',
  ]),
};

describe('the sources', () => {
  const files = shippedFiles();

  it('are all there', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(readdirSync(`${root}src`).sort()).toEqual([...layers.keys()].sort());
  });

  it.each(Object.keys(rules))('%s', (name) => {
    expect(rules[name]?.(files)).toEqual([]);
  });
});

describe('a rule notices', () => {
  it.each([
    [
      'src/emulator/a/b.ts',
      "import { plan } from '../../engine/plan.ts';",
      'src/emulator/a/b.ts imports src/engine/plan.ts',
    ],
    ['src/app/a.ts', "export * from '../emulator/index.ts';", 'src/app/a.ts imports src/emulator/index.ts'],
    [
      'src/sources/a.ts',
      "const b = await import('../sinks/b.ts');",
      'src/sources/a.ts imports src/sinks/b.ts',
    ],
    ['src/engine/a.ts', "import { readFile } from 'node:fs';", 'src/engine/a.ts imports node:fs'],
    ['src/engine/a.ts', "import { z } from 'zod';", 'src/engine/a.ts imports zod'],
    ['src/engine/a.ts', 'const now = Date.now();', 'src/engine/a.ts uses Date.now'],
    ['src/engine/a.ts', 'const seconds = new Date().getSeconds();', 'src/engine/a.ts uses new Date()'],
    ['src/engine/a.ts', 'const any = Math.random();', 'src/engine/a.ts uses Math.random'],
    ['src/app/utils.ts', '', 'src/app/utils.ts is a drawer'],
    ['src/emulator/helpers/a.ts', '', 'src/emulator/helpers/a.ts is a drawer'],
    ['src/cdk/a.ts', 'a;\n'.repeat(351), 'src/cdk/a.ts has 351 lines'],
    ['src/cli/a.ts', 'server.listen(8080);', 'src/cli/a.ts: server.listen(8080);'],
    ['src/cli/a.ts', "const host = '0.0.0.0';", "src/cli/a.ts: const host = '0.0.0.0';"],
  ])('in %s: %s', (path, text, want) => {
    expect(Object.values(rules).flatMap((rule) => rule([{ path, text }]))).toEqual([want]);
  });

  it('what is allowed', () => {
    const allowed = [
      {
        path: 'src/app/a.ts',
        text: "// import '../emulator/b.ts'\nimport { plan } from '../engine/plan.ts';",
      },
      {
        path: 'src/cli/a.ts',
        text: "server.listen(0, '127.0.0.1');\nimport { a } from '../emulator/index.ts';",
      },
      { path: 'src/engine/a.ts', text: '/** As `Date.now()` gives it. */\nexport const at = 1;' },
    ];
    expect(Object.values(rules).flatMap((rule) => rule(allowed))).toEqual([]);
  });
});

describe.each([...layers.keys()])('the layer %s', (layer) => {
  it('is a project whose references are what it may import', () => {
    const references = [...read(`src/${layer}/tsconfig.json`).matchAll(/"path": "\.\.\/(\w+)"/g)];
    expect(references.map(([, name]) => name).sort()).toEqual([...(layers.get(layer) ?? [])].sort());
  });

  it('is kept by Biome from all that it may not import', () => {
    // Folders of the emulator have the name of the layer `lambda`, which is left to the other rules.
    const told = forbiddenTo(layers, layer).filter((other) => layer !== 'emulator' || other !== 'lambda');
    expect(restricted(layer)).toEqual(told.map((other) => `**/${other}/**`));
  });
});

interface Override {
  includes: string[];
  linter: { rules: { style: { noRestrictedImports?: { options: { patterns: { group: string[] }[] } } } } };
}

function restricted(layer: string): string[] {
  const { overrides } = JSON.parse(read('biome.json')) as { overrides: Override[] };
  return overrides
    .filter(({ includes }) => includes.includes(`src/${layer}/**`))
    .flatMap(({ linter }) => linter.rules.style.noRestrictedImports?.options.patterns ?? [])
    .flatMap(({ group }) => group)
    .sort();
}
