import type { JsonSchema } from './json-schema.ts';

/** The tables of docs/configuration.md, by the name of the section that each stands in. */
export function fieldTables(schema: JsonSchema): Readonly<Record<string, string>> {
  const binding = at(schema, 'bindings').items ?? {};
  const sources = at(binding, 'source').oneOf ?? [];
  const sinks = at(binding, 'sink').oneOf ?? [];
  const reach = sinks[0] ?? {};
  return {
    binding: table(head, rowsOf(binding)),
    source: table(['`type`', ...head], sources.flatMap(typedRows)),
    sink: table(['`type`', ...head], sinks.flatMap(typedRows)),
    reach: table(head, [...rowsOf(reach).filter(isReach), ...rowsOf(at(reach, 'role'), 'role.')]),
    policy: table(head, rowsOf(at(binding, 'policy'))),
  };
}

type Row = readonly string[];

const head: Row = ['field', 'value', '', 'meaning'];
const reachRow: Row = ['`region`, `role`', '', 'optional', 'see [reach](#reach)'];

/** The rows of one kind of source or sink, its type in the first; those that all have are told elsewhere. */
function typedRows(variant: JsonSchema): Row[] {
  const all = rowsOf(variant);
  const own = all.filter((row) => !isReach(row));
  const rows = own.length < all.length ? [...own, reachRow] : own;
  const type = String(at(variant, 'type').const);
  return rows.map((row, index) => [index === 0 ? `\`${type}\`` : '', ...row]);
}

function isReach([field]: Row): boolean {
  return field === '`region`' || field === '`role`';
}

function rowsOf(schema: JsonSchema, prefix = ''): Row[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== 'type')
    .map(([name, field]) => [
      `\`${prefix}${name}\``,
      kindOfValue(field),
      presence(name, field, schema),
      meaning(field),
    ]);
}

/** What kind of value a field takes. */
function kindOfValue({ type, enum: values, items, minimum, maximum }: JsonSchema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (items) return `list of ${items.type === 'string' ? 'texts' : `${items.type ?? 'object'}s`}`;
  if (type === 'integer') return minimum === undefined ? 'integer' : integer(minimum, maximum);
  return type === 'string' ? 'text' : (type ?? 'object');
}

function integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): string {
  return maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
}

function meaning({ description = '' }: JsonSchema): string {
  return lowerFirst(description.replace(/ Default: .*$/, '').replace(/\.$/, '')).replaceAll('|', '\\|');
}

/** Whether a field has to be there, and what holds where it is not. */
function presence(
  name: string,
  field: JsonSchema,
  { required = [], oneOf = [], anyOf = [] }: JsonSchema,
): string {
  const [words] = / Default: (.*)\.$/.exec(field.description ?? '')?.slice(1) ?? [];
  if (words !== undefined) return `default: ${words}`;
  if (field.default !== undefined) return `default \`${String(field.default)}\``;
  if (required.includes(name)) return 'required';
  const rivals = othersOf(name, oneOf);
  if (rivals.length > 0) return `this or ${rivals.join(' or ')}`;
  const companions = othersOf(name, anyOf);
  return companions.length > 0 ? `at least this or ${companions.join(' or ')}` : 'optional';
}

/** The fields of the other alternatives, if the field is one of them. */
function othersOf(name: string, alternatives: readonly JsonSchema[]): string[] {
  const fields = alternatives.flatMap(({ required = [] }) => required);
  return fields.includes(name) ? fields.filter((other) => other !== name).map((other) => `\`${other}\``) : [];
}

function table(titles: Row, rows: readonly Row[]): string {
  const lines = [titles, ...rows].map((row) =>
    `|${row.map((cell) => ` ${cell} `).join('|')}|`.replaceAll('|  |', '| |'),
  );
  return lines.toSpliced(1, 0, `|${'---|'.repeat(titles.length)}`).join('\n');
}

function at({ properties = {} }: JsonSchema, name: string): JsonSchema {
  return properties[name] ?? {};
}

/** `Name servers` as `name servers`, but `ALB` as it is. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) && !/^(AWS|IPv)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
