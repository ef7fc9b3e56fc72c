import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';
import type { ServiceModel } from '../core/service.ts';
import { requiredMembers } from '../wire/operation-schema.ts';

/**
 * Refuses an input that lacks what the model requires, at the top or further in.
 *
 * @throws AwsError `MissingParameter` (EC2) or `ValidationError`/`ValidationException`, worded as the service words it
 */
export function requireMembers(model: ServiceModel, schema: NormalizedSchema, input: unknown): void {
  const missing = findMissing(schema, input, '');
  if (missing === undefined) return;
  if (model.protocol === 'ec2-query') {
    throw new AwsError('MissingParameter', `The request must contain the parameter ${missing}`);
  }
  // Where there are other protocols besides, the error goes by its shape's name, of which this code is made.
  const isQueryAlone = model.protocol === 'query' && model.alsoSpeaks === undefined;
  const code = isQueryAlone ? 'ValidationError' : 'ValidationException';
  const path = missing.charAt(0).toLowerCase() + missing.slice(1);
  throw new AwsError(
    code,
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}

function findMissing(schema: NormalizedSchema, value: unknown, path: string): string | undefined {
  if (schema.isListSchema() && Array.isArray(value)) {
    return first(value, (item, index) => findMissing(schema.getValueSchema(), item, `${path}.${index + 1}`));
  }
  if (!schema.isStructSchema() || typeof value !== 'object' || value === null) return undefined;
  const values = value as Readonly<Record<string, unknown>>;
  const required = requiredMembers(schema).find((name) => values[name] === undefined);
  if (required !== undefined) return join(path, required);
  return first([...schema.structIterator()], ([name, member]) =>
    values[name] === undefined ? undefined : findMissing(member, values[name], join(path, name)),
  );
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function first<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
