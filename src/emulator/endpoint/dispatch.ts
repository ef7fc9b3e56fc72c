import { type Clock, wait } from '../clock/clock.ts';
import { AwsError } from '../core/aws-error.ts';
import { type HttpAnswer, type HttpRequest, noAnswer } from '../core/http-route.ts';
import type { Call, Service, ServiceModel } from '../core/service.ts';
import type { CallFault } from '../faults/fault.ts';
import { throttled } from '../faults/throttling.ts';
import { protocolOf } from '../wire/protocols.ts';
import type { Decoded, WireProtocol } from '../wire/wire-protocol.ts';
import { answerCall } from './answer-call.ts';
import { authorize } from './authorize.ts';
import { decompressed } from './decompressed.ts';
import { deathsAt } from './doomed-caller.ts';
import { permissionFor } from './permission.ts';
import { requireMembers } from './validation.ts';

/** Takes one request to one service through decoding, faults, validation, its handler and encoding. */
export async function dispatch(
  service: Service,
  request: HttpRequest,
  call: Call,
): Promise<HttpAnswer | typeof noAnswer> {
  const protocol = protocolOf(service.model, request);
  try {
    return await run(protocol, service, decompressed(service.model, request), call);
  } catch (error) {
    return protocol.fail(asAwsError(error), call.requestId, service.model);
  }
}

async function run(
  protocol: WireProtocol,
  service: Service,
  request: HttpRequest,
  call: Call,
): Promise<HttpAnswer | typeof noAnswer> {
  const { name, operation, input }: Decoded = protocol.read(service, request);
  if (!operation) {
    throw new AwsError(
      'InvalidAction',
      `The action ${name} is not valid for this service (${service.model.signingName})`,
    );
  }
  const faults = call.cell.faults.strike(service.model.signingName, operation.name);
  await suffer(faults, service.model, call.cell.clock);
  if (faults.some(({ kind }) => kind === 'timeout')) return noAnswer;
  throttle(service.model, operation.name, input, call);
  authorize(service.model, permissionFor(service, operation, input, call), call);
  if (operation.name in service.operations) requireMembers(service.model, operation.input, input);
  const deaths = deathsAt(call);
  if (deaths.some(({ afterEffect }) => !afterEffect)) return killed(deaths);
  const answer = await answerCall({ protocol, service, operation, input, call, faults });
  if (deaths.length > 0) return killed(deaths);
  return faults.some(({ kind }) => kind === 'timeout-after-effect') ? noAnswer : answer;
}

/** Nobody is left to hear an answer. */
function killed(deaths: ReturnType<typeof deathsAt>): typeof noAnswer {
  for (const death of deaths) death.kill();
  return noAnswer;
}

/** What faults do to a call before it is looked at. */
async function suffer(faults: readonly CallFault[], model: ServiceModel, clock: Clock): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await wait(clock, fault.milliseconds);
    if (fault.kind === 'throttle') throw throttled(model);
    if (fault.kind === 'error') throw new AwsError(fault.code, fault.message, fault.status);
  }
}

function throttle(model: ServiceModel, action: string, input: unknown, { cell }: Call): void {
  const allowed = cell.throttleBuckets?.take({ service: model.signingName, action, input }) ?? true;
  if (!allowed) throw throttled(model);
}

/** A defect of the emulator must look like one: AWS's own internal error, with what broke. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', `the local AWS failed: ${detail}`, 500);
}
