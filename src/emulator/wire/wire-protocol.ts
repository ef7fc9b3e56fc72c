import type { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../core/http-route.ts';
import type { Service, ServiceModel } from '../core/service.ts';
import type { OperationSchema } from './operation-schema.ts';

export interface Decoded {
  /** The operation's name as the client gave it, known to the model or not. */
  name: string;
  operation: OperationSchema | undefined;
  input: unknown;
}

/** How requests are read and answers written. */
export interface WireProtocol {
  /** @throws AwsError when the body is not what the protocol says */
  read(service: Service, request: HttpRequest): Decoded;
  answer(model: ServiceModel, operation: OperationSchema, output: unknown, requestId: string): HttpAnswer;
  /** @param model none where nobody knows the service */
  fail(error: AwsError, requestId: string, model?: ServiceModel): HttpAnswer;
}
