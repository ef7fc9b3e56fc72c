import type { NormalizedSchema } from '@smithy/core/schema';
import { trait } from './operation-schema.ts';
import { readTimestamp, timestampFormat, writeTimestamp } from './scalars.ts';

/** Reads a value of the model from parsed JSON. */
export function decodeJson(schema: NormalizedSchema, json: unknown): unknown {
  if (json === null || json === undefined) return undefined;
  if (schema.isStructSchema()) return decodeStructure(schema, json as Readonly<Record<string, unknown>>);
  if (schema.isListSchema())
    return (json as unknown[]).map((item) => decodeJson(schema.getValueSchema(), item));
  if (schema.isMapSchema()) return mapValues(json, (value) => decodeJson(schema.getValueSchema(), value));
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(String(json), 'base64'));
  if (schema.isTimestampSchema()) return readTimestamp(json as string | number);
  return json;
}

/** What `JSON.stringify` makes the wire's JSON of. */
export function encodeJson(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema.isStructSchema()) return encodeStructure(schema, value as Readonly<Record<string, unknown>>);
  if (schema.isListSchema())
    return (value as unknown[]).map((item) => encodeJson(schema.getValueSchema(), item));
  if (schema.isMapSchema()) return mapValues(value, (held) => encodeJson(schema.getValueSchema(), held));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return encodeDate(schema, value);
  return value;
}

export function jsonName(name: string, member: NormalizedSchema): string {
  return trait(member, 'jsonName') ?? name;
}

function decodeStructure(schema: NormalizedSchema, json: Readonly<Record<string, unknown>>): object {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = decodeJson(member, json[jsonName(name, member)]);
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function encodeStructure(schema: NormalizedSchema, structure: Readonly<Record<string, unknown>>): object {
  const json: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    json[jsonName(name, member)] = encodeJson(member, structure[name]);
  }
  return json;
}

function encodeDate(schema: NormalizedSchema, date: Date): string | number {
  const format = timestampFormat(schema, 'epoch-seconds');
  return format === 'epoch-seconds' ? date.getTime() / 1000 : writeTimestamp(date, format);
}

function mapValues(map: unknown, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map as object).map(([key, value]) => [key, change(value)]));
}
