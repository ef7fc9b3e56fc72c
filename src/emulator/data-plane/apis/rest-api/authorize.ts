import type { Clock } from '../../../clock/clock.ts';
import type { ApiRequest } from '../api-request.ts';
import { judge } from '../execute-api-policy.ts';
import {
  accessDenied,
  authorizerFailed,
  type GatewayAnswer,
  missingAuthenticationToken,
  unauthorized,
} from '../gateway-answer.ts';
import { signedCaller } from '../signed-caller.ts';
import { authorizeByFunction } from './lambda-authorizer.ts';
import { methodArn } from './method-arn.ts';

/** What is known of a client that may pass, or the answer to one that may not. */
export type Authorized =
  | { authorizer: Readonly<Record<string, unknown>> | undefined }
  | { refusal: GatewayAnswer };

/** Asks what the method says is to be asked. There are no user pools here: nobody has a token of one. */
export async function authorize(request: ApiRequest, clock: Clock): Promise<Authorized> {
  const { authorizationType = 'NONE', authorizerId } = request.method;
  if (authorizationType === 'NONE') return { authorizer: undefined };
  if (authorizationType === 'AWS_IAM') return authorizeBySignature(request);
  if (authorizationType !== 'CUSTOM') return { refusal: unauthorized() };
  const authorizer = request.deployment.authorizers.get(authorizerId ?? '');
  return authorizer ? authorizeByFunction(request, authorizer, clock) : { refusal: authorizerFailed() };
}

function authorizeBySignature(request: ApiRequest): Authorized {
  const caller = signedCaller(request.cell, request);
  if (!caller) return { refusal: missingAuthenticationToken() };
  const judged = judge(caller.statements, methodArn(request));
  if (judged !== 'allowed') return { refusal: accessDenied(judged === 'denied') };
  return { authorizer: { principalId: caller.arn } };
}
