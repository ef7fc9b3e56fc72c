import type { NormalizedSchema } from '@smithy/core/schema';
import type { Input } from '../core/execute.ts';
import type { Service } from '../core/service.ts';
import { operationsOf, requiredMembers } from '../wire/operation-schema.ts';
import { ResourceFailure } from './resource-provider.ts';
import { isRecord, type Properties } from './template/template.ts';

/**
 * A template's properties as input of an operation: `toInput(ec2, 'CreateVpc', properties)`. They mostly share their names (but for the case of the first
 * letter, in APIs that start theirs small); scalars become what the API's own model says: `"80"` is 80, 80 is `"80"`.
 *
 * @param elsewhere properties that other calls take
 * @throws ResourceFailure where a property is not known, of another type, or missing
 */
export function toInput<Handlers extends object, Name extends keyof Handlers & string>(
  { model }: Service<Handlers>,
  operation: Name,
  properties: Properties,
  elsewhere: readonly string[] = [],
): Input<Handlers[Name]> {
  const schema = operationsOf(model).get(operation)?.input;
  if (!schema) throw new Error(`${model.client} has no operation ${operation}`);
  const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !elsewhere.includes(name)));
  return coerce(own, schema, '') as Input<Handlers[Name]>;
}

/** The property as text. */
export function readText(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return value === undefined ? undefined : toText(value, name);
}

/** The property as text, which must be there. */
export function requireText(properties: Properties, name: string): string {
  const value = readText(properties, name);
  if (value === undefined) throw invalid('', `required key [${name}] not found`);
  return value;
}

/** The property as a list; empty where it is left out. */
export function readList(properties: Properties, name: string): readonly unknown[] {
  const value = properties[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw mismatch(name, 'List');
  return value;
}

/** The property as a list of objects; empty where it is left out. */
export function readRecords(properties: Properties, name: string): readonly Properties[] {
  return readList(properties, name).map((item) => {
    if (!isRecord(item)) throw mismatch(name, 'List of Object');
    return item;
  });
}

/** The property as a list of texts; empty where it is left out. */
export function readTexts(properties: Properties, name: string): readonly string[] {
  return readList(properties, name).map((item) => toText(item, name));
}

function coerce(value: unknown, schema: NormalizedSchema, path: string): unknown {
  if (schema.isStructSchema()) return coerceStructure(value, schema, path);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw mismatch(path, 'List');
    return value.map((item) => coerce(item, schema.getValueSchema(), path));
  }
  if (schema.isMapSchema()) {
    if (!isRecord(value)) throw mismatch(path, 'Map');
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        coerce(item, schema.getValueSchema(), `${path}/${key}`),
      ]),
    );
  }
  return coerceScalar(value, schema, path);
}

function coerceStructure(value: unknown, schema: NormalizedSchema, path: string): object {
  if (!isRecord(value)) throw mismatch(path, 'Object');
  const members = new Map([...schema.structIterator()].map((member) => [capitalized(member[0]), member]));
  const missing = requiredMembers(schema)
    .map(capitalized)
    .find((name) => value[name] === undefined);
  if (missing !== undefined) throw invalid(path, `required key [${missing}] not found`);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const member = members.get(name);
      if (!member) throw invalid(path, `extraneous key [${name}] is not permitted`);
      return [member[0], coerce(item, member[1], `${path}/${name}`)];
    }),
  );
}

function coerceScalar(value: unknown, schema: NormalizedSchema, path: string): unknown {
  if (schema.isStringSchema()) return toText(value, path);
  if (schema.isNumericSchema()) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) throw mismatch(path, 'Number');
    return number;
  }
  if (schema.isBooleanSchema()) {
    const known = { true: true, false: false }[String(value)];
    if (known === undefined) throw mismatch(path, 'Boolean');
    return known;
  }
  return value;
}

function toText(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw mismatch(path, 'String');
}

function mismatch(path: string, type: string): ResourceFailure {
  return new ResourceFailure(
    `Value of property ${path.replace(/^\//, '').replaceAll('/', '.')} must be of type ${type}`,
  );
}

function invalid(path: string, problem: string): ResourceFailure {
  return new ResourceFailure(`Model validation failed (#${path}: ${problem})`);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
