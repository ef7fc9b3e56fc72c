import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer } from '../core/http-route.ts';
import { decodeJson, encodeJson } from './json-codec.ts';
import { operationsOf } from './operation-schema.ts';
import { queryErrorHeader } from './query-error.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** JSON: one path, and a header that names the operation. Versions differ in what they call themselves. */
export function jsonProtocol(version: '1.0' | '1.1'): WireProtocol {
  const json = (status: number, requestId: string, body: unknown): HttpAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  });
  return {
    read({ model }, request) {
      const target = request.headers['x-amz-target'] ?? '';
      const name = target.slice(target.indexOf('.') + 1);
      const operation = operationsOf(model).get(name);
      return { name, operation, input: operation && decodeJson(operation.input, parseBody(request.body)) };
    },
    answer(_model, operation, output, requestId) {
      return json(200, requestId, encodeJson(operation.output, output ?? {}) ?? {});
    },
    fail(error, requestId, model) {
      const answer = json(error.status, requestId, { __type: error.code, message: error.message });
      return { ...answer, headers: { ...answer.headers, ...(model && queryErrorHeader(model, error)) } };
    },
  };
}

/** @throws AwsError `SerializationException` when the body is not JSON */
export function parseBody(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `the request's body is not JSON: ${(error as Error).message}`,
    );
  }
}
