import type { NormalizedSchema } from '@smithy/core/schema';
import { trait } from './operation-schema.ts';
import { writeScalar } from './scalars.ts';

/** An element with its content, which is XML already. */
export function element(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The members of a structure as elements, named and nested as the model says. */
export function encodeMembers(schema: NormalizedSchema, structure: unknown): string {
  if (!schema.isStructSchema()) return '';
  const values = structure as Readonly<Record<string, unknown>>;
  let xml = '';
  for (const [name, member] of schema.structIterator()) {
    const value = values[name];
    if (value !== undefined && value !== null) xml += encode(trait(member, 'xmlName') ?? name, member, value);
  }
  return xml;
}

function encode(name: string, schema: NormalizedSchema, value: unknown): string {
  if (schema.isStructSchema()) return element(name, encodeMembers(schema, value));
  if (schema.isListSchema()) return encodeList(name, schema, value as readonly unknown[]);
  if (schema.isMapSchema()) return encodeMap(name, schema, value as Readonly<Record<string, unknown>>);
  return element(name, escapeXml(writeScalar(schema, value, 'date-time')));
}

function encodeList(name: string, schema: NormalizedSchema, items: readonly unknown[]): string {
  const member = schema.getValueSchema();
  const flat = trait(schema, 'xmlFlattened') !== undefined;
  const itemName = flat ? name : (trait(member, 'xmlName') ?? 'member');
  const content = items.map((item) => encode(itemName, member, item)).join('');
  return flat ? content : element(name, content);
}

function encodeMap(name: string, schema: NormalizedSchema, map: Readonly<Record<string, unknown>>): string {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const flat = trait(schema, 'xmlFlattened') !== undefined;
  const content = Object.entries(map)
    .map(([entryKey, entryValue]) =>
      element(
        flat ? name : 'entry',
        encode(trait(key, 'xmlName') ?? 'key', key, entryKey) +
          encode(trait(value, 'xmlName') ?? 'value', value, entryValue),
      ),
    )
    .join('');
  return flat ? content : element(name, content);
}
