import { XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../core/http-route.ts';
import { decodeJson, encodeJson, jsonName } from './json-codec.ts';
import { parseBody } from './json-protocol.ts';
import type { OperationSchema } from './operation-schema.ts';
import { trait } from './operation-schema.ts';
import { bodyOf, readBindings, writeBindings } from './rest-bindings.ts';
import { matchRest } from './rest-routes.ts';
import type { WireProtocol } from './wire-protocol.ts';
import { element, encodeMembers, escapeXml } from './xml-encoder.ts';

type Values = Readonly<Record<string, unknown>>;

/** What differs between the two REST protocols: the body's language, and how errors are told. */
interface Language {
  contentType: string;
  decodePayload(schema: NormalizedSchema, body: Uint8Array): unknown;
  decodeMembers(members: [string, NormalizedSchema][], body: Uint8Array): Values;
  encodePayload(name: string, schema: NormalizedSchema, value: unknown): string;
  encodeOutput(operation: OperationSchema, output: Values): string;
  fail(error: AwsError, requestId: string): HttpAnswer;
}

export const restJsonProtocol: WireProtocol = restProtocol({
  contentType: 'application/json',
  decodePayload: (schema, body) => decodeJson(schema, parseBody(body)),
  decodeMembers(members, body) {
    const json = parseBody(body) as Values;
    return Object.fromEntries(
      members.map(([name, member]) => [name, decodeJson(member, json[jsonName(name, member)])]),
    );
  },
  encodePayload: (_name, schema, value) => JSON.stringify(encodeJson(schema, value)),
  encodeOutput(operation, output) {
    const json = bodyOf(operation.output).members.map(([name, member]) => [
      jsonName(name, member),
      encodeJson(member, output[name]),
    ]);
    return json.length === 0 ? '' : JSON.stringify(Object.fromEntries(json));
  },
  fail: (error, requestId) => ({
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ __type: error.code, message: error.message, Message: error.message }),
  }),
});

const xmlDeserializer = new XmlShapeDeserializer({
  xmlNamespace: '',
  serviceNamespace: '',
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: true,
} as never);

export const restXmlProtocol: WireProtocol = restProtocol({
  contentType: 'application/xml',
  decodePayload: (schema, body) =>
    body.length === 0 ? undefined : xmlDeserializer.read(schema as never, body),
  decodeMembers: () => ({}),
  encodePayload: (name, schema, value) =>
    element(trait(schema, 'xmlName') ?? name, encodeMembers(schema, value)),
  encodeOutput({ output: schema }, output) {
    const members = bodyOf(schema).members.length;
    return members === 0
      ? ''
      : element(trait(schema, 'xmlName') ?? schema.getName() ?? '', encodeMembers(schema, output));
  },
  fail: (error, requestId) => ({
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: element(
      'Error',
      element('Code', error.code) +
        element('Message', escapeXml(error.message)) +
        element('RequestId', requestId),
    ),
  }),
});

function restProtocol(language: Language): WireProtocol {
  return {
    read(service, request) {
      const match = matchRest(service, request);
      if (!match)
        return { name: `${request.method} ${request.path}`, operation: undefined, input: undefined };
      const input = readInput(language, match.operation.input, request, match.labels);
      return { name: match.operation.name, operation: match.operation, input };
    },
    answer(_model, operation, output, requestId) {
      const values = (output ?? {}) as Values;
      const answer = writeBindings(operation, values);
      answer.headers = { ...answer.headers, 'x-amzn-requestid': requestId };
      const body = writeBody(language, operation, values);
      if (typeof body === 'string' && body !== '') answer.headers['content-type'] ??= language.contentType;
      return { ...answer, body };
    },
    fail: (error, requestId) => language.fail(error, requestId),
  };
}

function readInput(
  language: Language,
  schema: NormalizedSchema,
  request: HttpRequest,
  labels: Record<string, string>,
): unknown {
  if (!schema.isStructSchema()) return {};
  const { payload, members } = bodyOf(schema);
  const input = readBindings(schema, request, labels);
  if (payload) {
    const [name, member] = payload;
    if (member.isBlobSchema()) return { ...input, [name]: request.body };
    if (member.isStringSchema()) return { ...input, [name]: Buffer.from(request.body).toString() };
    return { ...input, [name]: language.decodePayload(member, request.body) };
  }
  return members.length === 0
    ? input
    : { ...input, ...defined(language.decodeMembers(members, request.body)) };
}

function writeBody(language: Language, operation: OperationSchema, output: Values): string | Uint8Array {
  const { payload } = bodyOf(operation.output);
  if (!payload) return language.encodeOutput(operation, output);
  const [name, member] = payload;
  const value = output[name];
  if (value === undefined) return '';
  if (value instanceof Uint8Array || typeof value === 'string') return value;
  return language.encodePayload(name, member, value);
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
