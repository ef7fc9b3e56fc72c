import type { NormalizedSchema } from '@smithy/core/schema';
import type { HttpAnswer, HttpRequest } from '../core/http-route.ts';
import type { OperationSchema } from './operation-schema.ts';
import { trait } from './operation-schema.ts';
import { readScalar, writeScalar } from './scalars.ts';

/** What of a structure travels in the body, for the protocol's own codec. */
export interface Body {
  /** The one member that is the whole body, if the model says so. */
  payload: [name: string, schema: NormalizedSchema] | undefined;
  /** The members that the body is made of otherwise. */
  members: [name: string, schema: NormalizedSchema][];
}

/** Reads what the model binds to the path, the query and the headers. */
export function readBindings(
  schema: NormalizedSchema,
  request: HttpRequest,
  labels: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = readBinding(name, member, request, labels);
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function readBinding(
  name: string,
  member: NormalizedSchema,
  request: HttpRequest,
  labels: Readonly<Record<string, string>>,
): unknown {
  const label = labels[name];
  if (label !== undefined) return readScalar(member, label);
  const [query, header, prefix] = [
    trait(member, 'httpQuery'),
    trait(member, 'httpHeader'),
    trait(member, 'httpPrefixHeaders'),
  ];
  if (query !== undefined) {
    const values = request.query.getAll(query);
    if (values.length === 0) return undefined;
    if (!member.isListSchema()) return readScalar(member, values[0] ?? '');
    return values.map((value) => readScalar(member.getValueSchema(), value));
  }
  if (header !== undefined) {
    const value = request.headers[header.toLowerCase()];
    return value === undefined ? undefined : readScalar(member, value);
  }
  return prefix === undefined ? undefined : withPrefix(request.headers, prefix.toLowerCase());
}

function withPrefix(headers: HttpRequest['headers'], prefix: string): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Status and headers of an answer: the model binds members of the output to them. */
export function writeBindings(
  operation: OperationSchema,
  output: Readonly<Record<string, unknown>>,
): HttpAnswer {
  let status = operation.http?.[2] ?? 200;
  const headers: Record<string, string> = {};
  if (!operation.output.isStructSchema()) return { status, headers };
  for (const [name, member] of operation.output.structIterator()) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    const [header, prefix] = [trait(member, 'httpHeader'), trait(member, 'httpPrefixHeaders')];
    if (header !== undefined) headers[header.toLowerCase()] = writeScalar(member, value, 'http-date');
    if (prefix !== undefined)
      for (const [key, text] of Object.entries(value)) headers[prefix + key] = String(text);
    if (trait(member, 'httpResponseCode') !== undefined) status = Number(value);
  }
  return { status, headers };
}

const bound = [
  'httpLabel',
  'httpQuery',
  'httpHeader',
  'httpPrefixHeaders',
  'httpResponseCode',
  'httpQueryParams',
];

export function bodyOf(schema: NormalizedSchema): Body {
  const body: Body = { payload: undefined, members: [] };
  if (!schema.isStructSchema()) return body;
  for (const [name, member] of schema.structIterator()) {
    if (trait(member, 'httpPayload') !== undefined) body.payload = [name, member];
    else if (!bound.some((binding) => trait(member, binding) !== undefined))
      body.members.push([name, member]);
  }
  return body;
}
