import type { Clock } from '../../../clock/clock.ts';
import type { Authorized } from '../authorized.ts';
import { judge } from '../execute-api-policy.ts';
import { signedCaller } from '../signed-caller.ts';
import { forbidden, internalServerError } from './http-api-answer.ts';
import { type HttpApiRequest, routeArn } from './http-api-request.ts';
import { authorizeByToken } from './jwt-authorizer.ts';
import { authorizeByFunction } from './lambda-authorizer.ts';

/** Asks what the route says is to be asked before a request passes. */
export async function authorize(request: HttpApiRequest, clock: Clock): Promise<Authorized> {
  const { route, deployment } = request;
  if (route.AuthorizationType === 'AWS_IAM') return authorizeBySignature(request);
  if (route.AuthorizationType !== 'JWT' && route.AuthorizationType !== 'CUSTOM')
    return { authorizer: undefined };
  const authorizer = deployment.authorizers.get(route.AuthorizerId ?? '');
  if (!authorizer) return { refusal: internalServerError() };
  return authorizer.AuthorizerType === 'JWT'
    ? authorizeByToken(request, authorizer)
    : authorizeByFunction(request, authorizer, clock);
}

function authorizeBySignature(request: HttpApiRequest): Authorized {
  const caller = signedCaller(request.cell, request);
  if (!caller || judge(caller.statements, routeArn(request)) !== 'allowed') return { refusal: forbidden() };
  return { authorizer: { accountId: request.cell.account, userArn: caller.arn } };
}
