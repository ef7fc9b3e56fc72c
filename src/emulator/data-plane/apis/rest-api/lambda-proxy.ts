import type { Clock } from '../../../clock/clock.ts';
import { type ApiRequest, withStageVariables } from '../api-request.ts';
import {
  badGateway,
  type GatewayAnswer,
  internalError,
  notImplemented,
  timedOut,
} from '../gateway-answer.ts';
import { invokeFunction } from '../invoke-function.ts';
import { lambdaAnswer } from '../lambda-result.ts';
import { sourceArn } from './method-arn.ts';
import { proxyEventWithBody } from './proxy-event.ts';

/** Has a function answer the request. */
export async function lambdaProxy(request: ApiRequest, clock: Clock): Promise<GatewayAnswer> {
  const uri = withStageVariables(request.integration.uri ?? '', request);
  if (!/:lambda:path\//.test(uri)) return notImplemented(`the integration with ${uri}`);
  const call = {
    uri,
    credentials: request.integration.credentials,
    sourceArn: sourceArn(request),
    event: proxyEventWithBody(request),
  };
  const milliseconds = request.integration.timeoutInMillis ?? 29_000;
  const result = await invokeFunction(request.cell, call, { clock, milliseconds });
  if (result.kind === 'refused') return internalError();
  if (result.kind === 'timeout') return timedOut();
  return (result.kind === 'answered' ? lambdaAnswer(result.value) : undefined) ?? badGateway();
}
