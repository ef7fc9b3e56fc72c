/** Which layer may import from which others: the table of CONTRIBUTING.md, that everything else is held to. */
export type Layers = ReadonlyMap<string, readonly string[]>;

/** @throws Error where the text has no such table */
export function readLayers(contributing: string): Layers {
  const [, table] =
    /\| folder in `src\/` \| what \| may import \|\n\|[-|]+\|\n((?:\|.*\|\n)+)/.exec(contributing) ?? [];
  if (table === undefined) throw new Error('CONTRIBUTING.md has no table of layers');
  return new Map(
    table
      .trimEnd()
      .split('\n')
      .flatMap((row) => {
        const [, layers = '', , imported = ''] = row.split('|');
        return names(layers).map((layer) => [layer, names(imported)] as const);
      }),
  );
}

function names(cell: string): string[] {
  return [...cell.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name);
}

/** What a layer may not import: every other one that the table does not allow it. */
export function forbiddenTo(layers: Layers, layer: string): string[] {
  return [...layers.keys()].filter((other) => other !== layer && !layers.get(layer)?.includes(other)).sort();
}
