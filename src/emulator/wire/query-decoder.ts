import type { NormalizedSchema } from '@smithy/core/schema';
import { trait } from './operation-schema.ts';
import { readScalar } from './scalars.ts';

export type Dialect = 'query' | 'ec2-query';

/** What a form's flat names spell: `Filter.1.Value.2=x` is a tree of `Filter`, `1`, `Value`, `2`. */
interface Branch {
  text: string | undefined;
  children: Map<string, Branch>;
}

/** Reads the input of an operation from the form that query protocols send. */
export function decodeQuery(schema: NormalizedSchema, form: URLSearchParams, dialect: Dialect): unknown {
  const root: Branch = { text: undefined, children: new Map() };
  for (const [name, value] of form) plant(root, name.split('.'), value);
  return read(schema, root, dialect) ?? {};
}

function plant(root: Branch, path: readonly string[], text: string): void {
  let branch = root;
  for (const step of path) {
    let child = branch.children.get(step);
    if (!child) {
      child = { text: undefined, children: new Map() };
      branch.children.set(step, child);
    }
    branch = child;
  }
  branch.text = text;
}

function read(schema: NormalizedSchema, branch: Branch, dialect: Dialect): unknown {
  if (schema.isStructSchema()) return readStructure(schema, branch, dialect);
  if (schema.isListSchema()) return readList(schema, branch, dialect);
  if (schema.isMapSchema()) return readMap(schema, branch, dialect);
  return branch.text === undefined ? undefined : readScalar(schema, branch.text);
}

function readStructure(schema: NormalizedSchema, branch: Branch, dialect: Dialect): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = branch.children.get(wireName(name, member, dialect));
    const value = child && read(member, child, dialect);
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function readList(schema: NormalizedSchema, branch: Branch, dialect: Dialect): unknown[] {
  const member = schema.getValueSchema();
  const flat = dialect === 'ec2-query' || trait(schema, 'xmlFlattened') !== undefined;
  const items = flat ? branch : branch.children.get(trait(member, 'xmlName') ?? 'member');
  return inOrder(items).map((item) => read(member, item, dialect));
}

function readMap(schema: NormalizedSchema, branch: Branch, dialect: Dialect): Record<string, unknown> {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const flat = trait(schema, 'xmlFlattened') !== undefined;
  const map: Record<string, unknown> = {};
  for (const entry of inOrder(flat ? branch : branch.children.get('entry'))) {
    const name = entry.children.get(trait(key, 'xmlName') ?? 'key')?.text;
    const held = entry.children.get(trait(value, 'xmlName') ?? 'value');
    if (name !== undefined && held) map[name] = read(value, held, dialect);
  }
  return map;
}

function inOrder(branch: Branch | undefined): Branch[] {
  return [...(branch?.children ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}

/** EC2's dialect capitalizes the names of XML, unless the model has a name for queries. */
function wireName(name: string, member: NormalizedSchema, dialect: Dialect): string {
  if (dialect === 'query') return trait(member, 'xmlName') ?? name;
  const spelled = trait(member, 'ec2QueryName') ?? trait(member, 'xmlName') ?? name;
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
