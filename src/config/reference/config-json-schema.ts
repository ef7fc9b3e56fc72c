import * as z from 'zod/mini';
import { configSchema } from '../schema.ts';
import type { FieldComment, InterfaceComment } from './doc-comments.ts';
import type { JsonSchema } from './json-schema.ts';

type Comments = ReadonlyMap<string, InterfaceComment>;

/** Which interface of `config.ts` tells of an object, by the field that holds it. */
const byField: Readonly<Record<string, string>> = {
  bindings: 'BindingConfig',
  policy: 'PolicyConfig',
  role: 'RoleConfig',
  rules: 'PortRangeConfig',
};

/** The same, by the value of the object's field `type`. */
const byType: Readonly<Record<string, string>> = {
  'load-balancer': 'LoadBalancerSourceConfig',
  dns: 'DnsSourceConfig',
  'vpc-endpoint': 'VpcEndpointSourceConfig',
  'network-interfaces': 'NetworkInterfacesSourceConfig',
  static: 'StaticSourceConfig',
  merged: 'MergedSourceConfig',
  'target-group': 'TargetGroupSinkConfig',
  'security-group': 'SecurityGroupSinkConfig',
  'prefix-list': 'PrefixListSinkConfig',
};

/** Interfaces whose fields others take over. */
const shared = ['ReachConfig', 'NamedSinkConfig'];

/**
 * The JSON Schema of the configuration: its shape from the schema that checks it, its words from the comments of its
 * TypeScript types.
 */
export function configJsonSchema(comments: Comments): JsonSchema {
  const shape = z.toJSONSchema(configSchema, { io: 'input', override: sayRefinements }) as JsonSchema;
  const { $schema = '', ...described } = describe(shape, 'Config', comments);
  return { $schema, $id: 'urn:albridge:config', title: 'The configuration of albridge', ...described };
}

/** Adds what the schema's refinements carry as JSON Schema. */
function sayRefinements({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }): void {
  for (const { _zod } of zodSchema._zod.def.checks ?? []) {
    const { params } = _zod.def as { params?: { jsonSchema?: object } };
    Object.assign(jsonSchema, params?.jsonSchema);
  }
}

function describe(schema: JsonSchema, field: string, comments: Comments): JsonSchema {
  const { items, oneOf, properties } = schema;
  if (items) return { ...schema, items: describe(items, field, comments) };
  if (!properties)
    return oneOf ? { ...schema, oneOf: oneOf.map((one) => describe(one, field, comments)) } : schema;
  const name = byField[field] ?? byType[String(properties.type?.const)] ?? field;
  const described = Object.entries(properties).map(([key, value]) => {
    const told = key === 'type' ? {} : keywords(commentOf(name, key, comments));
    // The field's own words before those of the interface that it holds; and first, for whoever reads the file.
    return [key, { ...told, ...describe(value, key, comments), ...told }];
  });
  return {
    description: comments.get(name)?.meaning ?? '',
    ...schema,
    properties: Object.fromEntries(described),
  };
}

function commentOf(name: string, key: string, comments: Comments): FieldComment {
  for (const holder of [name, ...shared]) {
    const found = comments.get(holder)?.fields.get(key);
    if (found?.meaning) return found;
  }
  throw new Error(`${name}.${key} has no comment: write one in src/config/config.ts`);
}

function keywords({ meaning, default: value, defaultWords }: FieldComment): JsonSchema {
  const description = defaultWords === undefined ? meaning : `${meaning} Default: ${defaultWords}.`;
  return value === undefined ? { description } : { description, default: value };
}
