import type { Clock } from '../../../clock/clock.ts';
import type { ApiRequest } from '../api-request.ts';
import { authorizeBySignature } from '../authorize-by-signature.ts';
import type { Authorized } from '../authorized.ts';
import { authorizerFailed, unauthorized } from '../gateway-answer.ts';
import { authorizeByFunction } from './lambda-authorizer.ts';
import { methodArn } from './method-arn.ts';

/** Asks what the method says is to be asked. There are no user pools here: nobody has a token of one. */
export async function authorize(request: ApiRequest, clock: Clock): Promise<Authorized> {
  const { authorizationType = 'NONE', authorizerId } = request.method;
  if (authorizationType === 'NONE') return { authorizer: undefined };
  if (authorizationType === 'AWS_IAM') return authorizeBySignature(request, methodArn(request));
  if (authorizationType !== 'CUSTOM') return { refusal: unauthorized() };
  const authorizer = request.deployment.authorizers.get(authorizerId ?? '');
  return authorizer ? authorizeByFunction(request, authorizer, clock) : { refusal: authorizerFailed() };
}
