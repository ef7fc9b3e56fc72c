import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer } from '../core/http-route.ts';
import { decodeJson, encodeJson } from './json-codec.ts';
import { operationsOf } from './operation-schema.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** JSON 1.1: one path, and a header that names the operation. */
export const jsonProtocol: WireProtocol = {
  read({ model }, request) {
    const target = request.headers['x-amz-target'] ?? '';
    const name = target.slice(target.indexOf('.') + 1);
    const operation = operationsOf(model).get(name);
    return { name, operation, input: operation && decodeJson(operation.input, parseBody(request.body)) };
  },
  answer(_model, operation, output, requestId) {
    return json(200, requestId, encodeJson(operation.output, output ?? {}) ?? {});
  },
  fail(_model, error, requestId) {
    return json(error.status, requestId, { __type: error.code, message: error.message });
  },
};

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

function json(status: number, requestId: string, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  };
}
