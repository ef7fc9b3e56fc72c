import { en } from 'zod/locales';
import type * as z from 'zod/mini';
import { AlbridgeError, messageOf } from '../engine/errors.ts';
import type { Config } from './config.ts';
import { configSchema } from './schema.ts';

const { localeError } = en();

/** The configuration, or an error that names every problem, each with the path of its field and the value got. */
export function parseConfig(value: unknown, origin: string): Config {
  const parsed = check(value, origin);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => describe(issue, value));
  throw new AlbridgeError('invalid-config', `${origin} is not valid: ${problems.join('; ')}`);
}

/** A binding as it was found by itself, and what problems with it call it. */
export interface FoundBinding {
  origin: string;
  value: unknown;
}

/** The configuration of bindings that were found one by one; each problem names where its binding is from. */
export function parseBindings(found: readonly FoundBinding[], origin: string): Config {
  const value = { bindings: found.map((binding) => binding.value) };
  const parsed = check(value, origin);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const [, index, ...path] = issue.path;
    const binding = found[Number(index)];
    if (!binding) return `${origin}: ${describe(issue, value)}`;
    return `${binding.origin}: ${describe({ ...issue, path }, binding.value)}`;
  });
  throw new AlbridgeError('invalid-config', `${origin} are not valid: ${problems.join('; ')}`);
}

function check(value: unknown, origin: string): z.core.util.SafeParseResult<Config> {
  try {
    return configSchema.safeParse(value, { error: localeError });
  } catch (error) {
    // zod compares the `length` of whatever has one, and there are values that do not compare.
    const message = `${origin} is not valid: it cannot be checked: ${messageOf(error)}`;
    throw new AlbridgeError('invalid-config', message, { cause: error });
  }
}

/** The same from JSON text. */
export function parseConfigText(text: string, origin: string): Config {
  return parseConfig(parseJson(text, origin), origin);
}

/** What JSON text stands for. */
export function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AlbridgeError('invalid-config', `${origin} is not json: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function describe({ path, message }: z.core.$ZodIssue, value: unknown): string {
  const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const got = path.reduce<unknown>(
    (part, step) => (part as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
  return `${field.replace(/^\./, '') || 'the whole'}: ${lowerFirst(message)}, got ${brief(path.at(-1), got)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function brief(field: PropertyKey | undefined, value: unknown): string {
  const text = JSON.stringify(beginning(String(field), value)) ?? 'nothing';
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

const longest = 80;

/**
 * As much of a value as is told: what was given may be deeper than the stack, and larger than memory once written out.
 * An external id is a secret between two accounts, and problems end up in logs.
 */
function beginning(field: string, value: unknown, depth = 0): unknown {
  if (field === 'externalId') return 'what is not shown';
  if (typeof value === 'string') return value.slice(0, longest + 1);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 3) return '…';
  if (Array.isArray(value)) return some(value).map((item) => beginning('', item, depth + 1));
  return Object.fromEntries(
    some(Object.entries(value)).map(([key, one]) => [key, beginning(key, one, depth + 1)]),
  );
}

function some<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, longest / 4);
}
