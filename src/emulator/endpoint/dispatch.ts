import { AwsError } from '../core/aws-error.ts';
import { execute } from '../core/execute.ts';
import type { HttpAnswer, HttpRequest } from '../core/http-route.ts';
import type { Call, Service } from '../core/service.ts';
import { protocols } from '../wire/protocols.ts';
import type { Decoded, WireProtocol } from '../wire/wire-protocol.ts';
import { authorize } from './authorize.ts';
import { permissionFor } from './permission.ts';
import { requireMembers } from './validation.ts';

/** Takes one request to one service through decoding, validation, its handler and encoding. */
export async function dispatch(service: Service, request: HttpRequest, call: Call): Promise<HttpAnswer> {
  const protocol = protocols[service.model.protocol];
  try {
    return await run(protocol, service, request, call);
  } catch (error) {
    return protocol.fail(service.model, asAwsError(error), call.requestId);
  }
}

async function run(
  protocol: WireProtocol,
  service: Service,
  request: HttpRequest,
  call: Call,
): Promise<HttpAnswer> {
  const { name, operation, input }: Decoded = protocol.read(service, request);
  if (!operation) {
    throw new AwsError(
      'InvalidAction',
      `The action ${name} is not valid for this service (${service.model.signingName})`,
    );
  }
  authorize(service.model, permissionFor(service, operation, input, call), call);
  if (operation.name in service.operations) requireMembers(service.model, operation.input, input);
  const output = await execute(
    service as Service<Record<string, () => unknown>>,
    operation.name,
    input as never,
    call,
  );
  return protocol.answer(service.model, operation, output, call.requestId);
}

/** A defect of the emulator must look like one: AWS's own internal error, with what broke. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', `the local AWS failed: ${detail}`, 500);
}
