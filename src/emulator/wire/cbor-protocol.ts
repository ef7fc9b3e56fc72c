import { CborCodec } from '@smithy/core/cbor';
import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer } from '../core/http-route.ts';
import { type OperationSchema, operationsOf } from './operation-schema.ts';
import { queryErrorHeader } from './query-error.ts';
import type { WireProtocol } from './wire-protocol.ts';

const codec = new CborCodec();

/** Smithy RPC v2: the path names the operation, and what goes either way is CBOR. */
export const cborProtocol: WireProtocol = {
  read({ model }, request) {
    const name = /\/operation\/([^/]+)$/.exec(request.path)?.[1] ?? '';
    const operation = operationsOf(model).get(name);
    return { name, operation, input: operation && decode(operation, request.body) };
  },
  answer(_model, { output: schema }, output, requestId) {
    if (!schema.isStructSchema()) return cbor(200, requestId);
    const serializer = codec.createSerializer();
    serializer.write(schema, output ?? {});
    return cbor(200, requestId, serializer.flush());
  },
  fail(error, requestId, model) {
    const serializer = codec.createSerializer();
    serializer.write(document, { __type: error.code, message: error.message });
    const answer = cbor(error.status, requestId, serializer.flush());
    return { ...answer, headers: { ...answer.headers, ...(model && queryErrorHeader(model, error)) } };
  },
};

/** Smithy's own number for a value of any kind. */
const document = 15;

function decode({ input }: OperationSchema, body: Uint8Array): unknown {
  if (body.length === 0 || !input.isStructSchema()) return {};
  try {
    return codec.createDeserializer().read(input, body);
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `the request's body is not CBOR: ${(error as Error).message}`,
    );
  }
}

function cbor(status: number, requestId: string, body?: Uint8Array): HttpAnswer {
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': requestId };
  return body
    ? { status, headers: { ...headers, 'content-type': 'application/cbor' }, body }
    : { status, headers };
}
