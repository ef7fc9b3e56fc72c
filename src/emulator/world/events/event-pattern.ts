import { AwsError } from '../../core/aws-error.ts';

/** Fields and the values they may have; objects are patterns of the fields below. */
export interface EventPattern {
  readonly [field: string]: readonly Matcher[] | EventPattern;
}

type Scalar = string | number | boolean | null;

type Matcher =
  | { kind: 'equals'; value: Scalar }
  | { kind: 'prefix'; value: string }
  | { kind: 'suffix'; value: string }
  | { kind: 'exists'; value: boolean }
  | { kind: 'anything-but'; values: readonly Matcher[] };

type Json = { readonly [field: string]: unknown };

/** @throws AwsError `InvalidEventPatternException` */
export function parseEventPattern(text: string): EventPattern {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(`Invalid JSON: ${(error as Error).message}`);
  }
  return parseFields(json, 'event pattern');
}

function parseFields(json: unknown, at: string): EventPattern {
  if (!isObject(json)) throw invalid(`"${at}" must be an object or an array`);
  const entries = Object.entries(json);
  if (entries.length === 0) throw invalid(`"${at}" must not be empty`);
  return Object.fromEntries(entries.map(([field, value]) => [field, parseField(value, field)]));
}

function parseField(value: unknown, field: string): readonly Matcher[] | EventPattern {
  if (!Array.isArray(value)) return parseFields(value, field);
  if (value.length === 0) throw invalid(`Empty arrays are not allowed ("${field}")`);
  return value.map((one) => parseMatcher(one, field));
}

function parseMatcher(value: unknown, field: string): Matcher {
  if (isScalar(value)) return { kind: 'equals', value };
  const [name, operand] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  if ((name === 'prefix' || name === 'suffix') && typeof operand === 'string')
    return { kind: name, value: operand };
  if (name === 'exists' && typeof operand === 'boolean') return { kind: name, value: operand };
  if (name === 'anything-but' && operand !== undefined) {
    return { kind: name, values: [operand].flat().map((one) => parseMatcher(one, field)) };
  }
  throw invalid(
    `Unrecognized match type ${name ?? JSON.stringify(value)} in "${field}": this local AWS knows exact values, prefix, suffix, exists and anything-but`,
  );
}

/** Whether an event has every field that the pattern names, with one of the values it allows. */
export function matchesPattern(pattern: EventPattern, event: Json): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = event[field];
    if (isMatchers(wanted)) return wanted.some((matcher) => matchesField(matcher, value));
    return matchesPattern(wanted, isObject(value) ? value : {});
  });
}

/** An array in the event matches by any of its members. */
function matchesField(matcher: Matcher, value: unknown): boolean {
  if (matcher.kind === 'exists') return (value !== undefined) === matcher.value;
  if (value === undefined) return false;
  return [value].flat().some((one) => matchesValue(matcher, one));
}

function matchesValue(matcher: Matcher, value: unknown): boolean {
  switch (matcher.kind) {
    case 'equals':
      return value === matcher.value;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(matcher.value);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(matcher.value);
    case 'exists':
      return matcher.value;
    case 'anything-but':
      return !matcher.values.some((one) => matchesValue(one, value));
  }
}

function isMatchers(wanted: readonly Matcher[] | EventPattern): wanted is readonly Matcher[] {
  return Array.isArray(wanted);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${message}`);
}
