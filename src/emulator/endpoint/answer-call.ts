import { AwsError } from '../core/aws-error.ts';
import { execute } from '../core/execute.ts';
import type { HttpAnswer } from '../core/http-route.ts';
import type { Call, Service } from '../core/service.ts';
import type { CallFault } from '../faults/fault.ts';
import { partial, withShortPage } from '../faults/partial-answer.ts';
import type { OperationSchema } from '../wire/operation-schema.ts';
import type { WireProtocol } from '../wire/wire-protocol.ts';

/** A call that may be made: it is known, permitted and complete. */
export interface AllowedCall {
  protocol: WireProtocol;
  service: Service;
  operation: OperationSchema;
  input: unknown;
  call: Call;
  /** Those that strike it. */
  faults: readonly CallFault[];
}

/** What a call answers: what is so now, unless a fault has it hear what was so before. */
export async function answerCall(allowed: AllowedCall): Promise<HttpAnswer> {
  const { service, operation, input, call, faults } = allowed;
  const { faults: all, clock } = call.cell;
  const read = { service: service.model.signingName, action: operation.name, input };
  const now = clock.now();
  const staleFor = staleness(faults);
  const before = staleFor > 0 ? all.answers.oldest(read, { now, staleFor }) : undefined;
  const current = await handled(allowed);
  const keptFor = all.keptFor(read.service, read.action);
  if (keptFor > 0) all.answers.keep(read, current, { now, staleFor: keptFor });
  return before ?? current;
}

function staleness(faults: readonly CallFault[]): number {
  return Math.max(0, ...faults.map((fault) => (fault.kind === 'stale-read' ? fault.staleFor : 0)));
}

/** A refusal is an answer too, and one that a later read may hear again. */
async function handled(allowed: AllowedCall): Promise<HttpAnswer> {
  const { protocol, service, operation, call } = allowed;
  try {
    const output = await execute(
      service as Service<Record<string, () => unknown>>,
      operation.name,
      inputUnder(allowed) as never,
      call,
    );
    return protocol.answer(service.model, operation, outputUnder(allowed, output), call.requestId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return protocol.fail(error, call.requestId, service.model);
  }
}

function inputUnder({ faults, input, operation }: AllowedCall): unknown {
  const fault = faults.find(({ kind }) => kind === 'short-page');
  return fault?.kind === 'short-page' ? withShortPage(input, fault.most, operation.input) : input;
}

function outputUnder({ faults, call }: AllowedCall, output: unknown): unknown {
  const fault = faults.find(({ kind }) => kind === 'partial-answer');
  return fault?.kind === 'partial-answer' ? partial(output, fault.share, call.cell.random) : output;
}
