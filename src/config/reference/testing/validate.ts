import { isIPv4, isIPv6 } from 'node:net';
import type { JsonSchema } from '../json-schema.ts';

type Check = (schema: JsonSchema, value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofType: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
};

const formats: Readonly<Record<string, (text: string) => boolean>> = { ipv4: isIPv4, ipv6: isIPv6 };

/** What each keyword demands of any value; those that speak of one type let all others pass, as the standard has it. */
const checks: Readonly<Record<string, Check>> = {
  type: ({ type = '' }, value) => ofType[type]?.(value) ?? false,
  const: (schema, value) => value === schema.const,
  enum: (schema, value) => schema.enum?.includes(value) ?? false,
  format: onText(({ format = '' }, text) => formats[format]?.(text) ?? false),
  pattern: onText(({ pattern = '' }, text) => new RegExp(pattern, 'u').test(text)),
  minLength: onText(({ minLength = 0 }, text) => [...text].length >= minLength),
  maxLength: onText(({ maxLength = 0 }, text) => [...text].length <= maxLength),
  minimum: ({ minimum = 0 }, value) => typeof value !== 'number' || value >= minimum,
  maximum: ({ maximum = 0 }, value) => typeof value !== 'number' || value <= maximum,
  minItems: onList(({ minItems = 0 }, list) => list.length >= minItems),
  maxItems: onList(({ maxItems = 0 }, list) => list.length <= maxItems),
  uniqueItems: onList((_, list) => new Set(list.map((item) => JSON.stringify(item))).size === list.length),
  items: onList(({ items = {} }, list) => list.every((item) => isValid(items, item))),
  minProperties: onObject(({ minProperties = 0 }, object) => Object.keys(object).length >= minProperties),
  required: onObject(({ required = [] }, object) => required.every((key) => object[key] !== undefined)),
  propertyNames: onObject(({ propertyNames = {} }, object) =>
    Object.keys(object).every((key) => isValid(propertyNames, key)),
  ),
  properties: onObject(({ properties = {} }, object) =>
    Object.entries(properties).every(([key, one]) => object[key] === undefined || isValid(one, object[key])),
  ),
  additionalProperties: onObject(({ properties = {}, additionalProperties = true }, object) =>
    Object.entries(object)
      .filter(([key, value]) => !Object.hasOwn(properties, key) && value !== undefined)
      .every(([, value]) => isValid(additionalProperties, value)),
  ),
  oneOf: ({ oneOf = [] }, value) => oneOf.filter((one) => isValid(one, value)).length === 1,
  anyOf: ({ anyOf = [] }, value) => anyOf.some((one) => isValid(one, value)),
  not: ({ not = {} }, value) => !isValid(not, value),
};

const annotations = ['$schema', '$id', 'title', 'description', 'default'];

/** Whether a value is valid by a JSON Schema; throws on a keyword that is not known here, rather than pass it over. */
export function isValid(schema: JsonSchema | boolean, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.keys(schema)
    .filter((keyword) => !annotations.includes(keyword))
    .every((keyword) => {
      const check = checks[keyword];
      if (!check) throw new Error(`keyword '${keyword}' is not known; add it to the validator`);
      return check(schema, value);
    });
}

function onText(check: (schema: JsonSchema, text: string) => boolean): Check {
  return (schema, value) => typeof value !== 'string' || check(schema, value);
}

function onList(check: (schema: JsonSchema, list: readonly unknown[]) => boolean): Check {
  return (schema, value) => !Array.isArray(value) || check(schema, value);
}

function onObject(check: (schema: JsonSchema, object: Record<string, unknown>) => boolean): Check {
  return (schema, value) => !isObject(value) || check(schema, value);
}
