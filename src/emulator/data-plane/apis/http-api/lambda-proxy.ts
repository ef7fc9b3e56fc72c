import type { Clock } from '../../../clock/clock.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import { invokeFunction } from '../invoke-function.ts';
import { inferredLambdaAnswer } from '../lambda-result.ts';
import { internalServerError, notHere, serviceUnavailable } from './http-api-answer.ts';
import { filledIn, type HttpApiRequest, routeArn } from './http-api-request.ts';
import { lambdaEvent } from './lambda-event.ts';

/** Has a function answer the request. */
export async function lambdaProxy(request: HttpApiRequest, clock: Clock): Promise<GatewayAnswer> {
  const { integration } = request;
  if (integration.PayloadFormatVersion !== '2.0') {
    return notHere(`payload format ${integration.PayloadFormatVersion} of HTTP APIs`);
  }
  const call = {
    uri: filledIn(integration.IntegrationUri ?? '', request),
    credentials: integration.CredentialsArn,
    sourceArn: routeArn(request),
    event: lambdaEvent(request),
  };
  const milliseconds = integration.TimeoutInMillis ?? 30_000;
  const result = await invokeFunction(request.cell, call, { clock, milliseconds });
  if (result.kind === 'timeout') return serviceUnavailable();
  const answer = result.kind === 'answered' ? inferredLambdaAnswer(result.value) : undefined;
  return answer ?? internalServerError();
}
