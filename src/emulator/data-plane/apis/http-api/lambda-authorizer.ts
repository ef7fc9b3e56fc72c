import type { Authorizer } from '@aws-sdk/client-apigatewayv2';
import type { Clock } from '../../../clock/clock.ts';
import type { PolicyStatement } from '../../../world/identity/policy-document.ts';
import type { Authorized } from '../authorized.ts';
import { judge } from '../execute-api-policy.ts';
import { invokeFunction } from '../invoke-function.ts';
import { forbidden, internalServerError, unauthorized } from './http-api-answer.ts';
import { evaluate, type HttpApiRequest, routeArn } from './http-api-request.ts';
import { lambdaEvent } from './lambda-event.ts';

const TIMEOUT = 10_000;

interface Verdict {
  isAuthorized?: unknown;
  principalId?: unknown;
  policyDocument?: { Statement?: PolicyStatement | PolicyStatement[] };
  context?: Record<string, unknown>;
}

/** Asks a function; what it said is kept for as long as the authorizer wants. */
export async function authorizeByFunction(
  request: HttpApiRequest,
  authorizer: Authorizer,
  clock: Clock,
): Promise<Authorized> {
  const sources = (authorizer.IdentitySource ?? []).map((source) => evaluate(source, request));
  if (sources.includes(undefined)) return { refusal: unauthorized() };
  const { authorizerCache } = request.cell.apis;
  const key = `${authorizer.AuthorizerId} ${request.stage.name} ${JSON.stringify(sources)}`;
  const kept = authorizerCache.get(key) as Verdict | undefined;
  const verdict = kept ?? (await ask(request, authorizer, { clock, sources: sources.map(String) }));
  if (verdict === 'failed') return { refusal: internalServerError() };
  if (verdict === 'unauthorized') return { refusal: unauthorized() };
  authorizerCache.put(key, verdict, authorizer.AuthorizerResultTtlInSeconds ?? 0);
  return isAllowed(verdict, authorizer, request)
    ? { authorizer: verdict.context ?? {} }
    : { refusal: forbidden() };
}

async function ask(
  request: HttpApiRequest,
  authorizer: Authorizer,
  { clock, sources }: { clock: Clock; sources: string[] },
): Promise<Verdict | 'failed' | 'unauthorized'> {
  const { cell, api } = request;
  const call = {
    uri: authorizer.AuthorizerUri ?? '',
    credentials: authorizer.AuthorizerCredentialsArn,
    sourceArn: `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/authorizers/${authorizer.AuthorizerId}`,
    event: {
      ...lambdaEvent({ ...request, body: new Uint8Array() }),
      type: 'REQUEST',
      routeArn: invokedArn(request),
      identitySource: sources,
    },
  };
  const result = await invokeFunction(cell, call, { clock, milliseconds: TIMEOUT });
  if (result.kind === 'failed' && result.message === 'Unauthorized') return 'unauthorized';
  if (result.kind !== 'answered' || typeof result.value !== 'object' || !result.value) return 'failed';
  return result.value;
}

/** Either a plain yes or no, or a policy for this route. */
function isAllowed(
  verdict: Verdict,
  { EnableSimpleResponses }: Authorizer,
  request: HttpApiRequest,
): boolean {
  if (EnableSimpleResponses) return verdict.isAuthorized === true;
  return judge([verdict.policyDocument?.Statement ?? []].flat(), invokedArn(request)) === 'allowed';
}

/** The request's own method and path, as policies name them. */
function invokedArn(request: HttpApiRequest): string {
  const isDefault = request.route.RouteKey === '$default';
  const { cell, api, stage, httpMethod, path } = request;
  const arn = `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/${stage.name}`;
  return isDefault ? routeArn(request) : `${arn}/${httpMethod}${path}`;
}
