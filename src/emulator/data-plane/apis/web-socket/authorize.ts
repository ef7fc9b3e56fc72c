import type { Authorizer } from '@aws-sdk/client-apigatewayv2';
import type { Clock } from '../../../clock/clock.ts';
import type { PolicyStatement } from '../../../world/identity/policy-document.ts';
import { authorizeBySignature } from '../authorize-by-signature.ts';
import type { Authorized } from '../authorized.ts';
import { judge } from '../execute-api-policy.ts';
import { accessDenied, authorizerFailed, unauthorized } from '../gateway-answer.ts';
import { invokeFunction } from '../invoke-function.ts';
import { clientFacts, requestContext } from './lambda-event.ts';
import { evaluate, type WebSocketEvent, webSocketArn } from './web-socket-event.ts';

type Connecting = Omit<WebSocketEvent, 'integration'>;

const TIMEOUT = 10_000;

/** Asks what the route says is to be asked before a client connects. */
export async function authorize(event: Connecting, clock: Clock): Promise<Authorized> {
  const { route, deployment } = event;
  if (route.AuthorizationType === 'AWS_IAM')
    return authorizeBySignature(event, webSocketArn(event, '$connect'));
  if (route.AuthorizationType !== 'CUSTOM') return { authorizer: undefined };
  const authorizer = deployment.authorizers.get(route.AuthorizerId ?? '');
  return authorizer ? authorizeByFunction(event, authorizer, clock) : { refusal: authorizerFailed() };
}

async function authorizeByFunction(
  event: Connecting,
  authorizer: Authorizer,
  clock: Clock,
): Promise<Authorized> {
  const sources = (authorizer.IdentitySource ?? []).map((source) => evaluate(source, event));
  if (sources.some((source) => !source)) return { refusal: unauthorized() };
  const { cell, api } = event;
  const methodArn = webSocketArn(event, '$connect');
  const call = {
    uri: authorizer.AuthorizerUri ?? '',
    credentials: authorizer.AuthorizerCredentialsArn,
    sourceArn: `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/authorizers/${authorizer.AuthorizerId}`,
    event: { type: 'REQUEST', methodArn, ...clientFacts(event), requestContext: requestContext(event) },
  };
  const result = await invokeFunction(cell, call, { clock, milliseconds: TIMEOUT });
  if (result.kind === 'failed' && result.message === 'Unauthorized') return { refusal: unauthorized() };
  if (result.kind !== 'answered') return { refusal: authorizerFailed() };
  return judged(result.value, methodArn);
}

interface Verdict {
  principalId?: unknown;
  policyDocument?: { Statement?: PolicyStatement | PolicyStatement[] };
  context?: Record<string, unknown>;
}

function judged(value: unknown, methodArn: string): Authorized {
  const { principalId, policyDocument, context } = (value ?? {}) as Verdict;
  const verdict = judge([policyDocument?.Statement ?? []].flat(), methodArn);
  if (verdict !== 'allowed') return { refusal: accessDenied(verdict === 'denied') };
  return { authorizer: { principalId, ...context } };
}
