import type { InvokeCommandInput, Lambda } from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { invokeAsync } from '../../world/functions/async-invocation.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';
import { findVersion } from './reference.ts';
import { notInState } from './revisions.ts';

const megabyte = 1024 * 1024;

/** The largest payload of each way to invoke. */
const payloadLimits = { RequestResponse: 6 * megabyte, Event: megabyte, DryRun: 6 * megabyte };

/** Lambda gives the end of the log with the answer. */
const logTailBytes = 4096;

export const invocations: Operations<Lambda> = {
  async Invoke(input, call) {
    const { target, qualifier, version } = findVersion(input, call);
    const kind = input.InvocationType ?? 'RequestResponse';
    const payload = readPayload(input, payloadLimits[kind]);
    if (kind === 'DryRun') return { StatusCode: 204 };
    if (version.state !== 'Active') throw notInState(version.state);
    if (kind === 'Event') {
      void invokeAsync(call.cell, { target, qualifier, requestId: call.requestId, payload });
      return { StatusCode: 202 };
    }
    if (call.cell.functions.throttles(call.cell, target)) throw throttled();
    const invocation = { requestId: call.requestId, invokedArn: qualifiedArn(target, qualifier), payload };
    const result = await call.cell.functions.run(call.cell, { target, version, invocation });
    return {
      StatusCode: 200,
      ExecutedVersion: version.version,
      Payload: Uint8ArrayBlobAdapter.fromString(result.payload),
      ...(result.functionError && { FunctionError: result.functionError }),
      ...(input.LogType === 'Tail' && { LogResult: tail(result.log) }),
    };
  },
};

/** Without a payload the event is an empty object. */
function readPayload({ Payload = '' }: InvokeCommandInput, limit: number): string {
  const bytes = Buffer.from(Payload as string | Uint8Array);
  if (bytes.length === 0) return '{}';
  if (bytes.length > limit) {
    throw new AwsError(
      'RequestTooLargeException',
      `${bytes.length} byte payload is too large for the invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  const text = bytes.toString();
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
  return text;
}

function throttled(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
}

function tail(log: string): string {
  return Buffer.from(log).subarray(-logTailBytes).toString('base64');
}
