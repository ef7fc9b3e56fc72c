import { deref, NormalizedSchema } from '@smithy/core/schema';
import type { ServiceModel } from '../core/service.ts';
import { schemasOf } from './sdk-schemas.ts';

/** One operation as the SDK's model has it. */
export interface OperationSchema {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** Method, path pattern and status of success, for REST protocols. */
  http: readonly [method: string, path: string, status: number] | undefined;
}

/** `[kind, namespace, name, traits, input, output]`: how the SDK's generated code writes an operation down. */
type StaticOperation = readonly [9, string, string, Record<string, unknown> | number, unknown, unknown];

const operationKind = 9;
const cache = new WeakMap<ServiceModel, Map<string, OperationSchema>>();

/** Every operation that the SDK's client knows, by name, whether or not it is implemented here. */
export function operationsOf(model: ServiceModel): ReadonlyMap<string, OperationSchema> {
  const known = cache.get(model);
  if (known) return known;
  const operations = new Map<string, OperationSchema>();
  for (const [exported, schema] of Object.entries(schemasOf(model))) {
    if (exported.endsWith('$') && Array.isArray(schema) && schema[0] === operationKind) {
      const operation = describe(schema as unknown as StaticOperation);
      operations.set(operation.name, operation);
    }
  }
  cache.set(model, operations);
  return operations;
}

function describe([, , name, traits, input, output]: StaticOperation): OperationSchema {
  const http = typeof traits === 'object' ? traits.http : undefined;
  return {
    name,
    input: NormalizedSchema.of(deref(input as never)),
    output: NormalizedSchema.of(deref(output as never)),
    http: http as OperationSchema['http'],
  };
}

/** A trait of a member, by its name in the Smithy specification. */
export function trait(schema: NormalizedSchema, name: string): string | undefined {
  const traits: Readonly<Record<string, unknown>> = { ...schema.getMergedTraits() };
  const value = traits[name];
  return value === undefined ? undefined : String(value);
}

/** The names of the members a structure can't do without: the SDK lists them first, and counts them. */
export function requiredMembers(structure: NormalizedSchema): string[] {
  const schema = structure.getSchema();
  if (!Array.isArray(schema)) return [];
  const [, , , , members, , required] = schema as readonly unknown[];
  return typeof required === 'number' ? (members as string[]).slice(0, required) : [];
}
