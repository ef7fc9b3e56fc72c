import type { Authorizer } from '@aws-sdk/client-api-gateway';
import type { Clock } from '../../../clock/clock.ts';
import type { PolicyStatement } from '../../../world/identity/policy-document.ts';
import { type ApiRequest, evaluate } from '../api-request.ts';
import type { Authorized } from '../authorized.ts';
import { judge } from '../execute-api-policy.ts';
import { accessDenied, authorizerFailed, unauthorized } from '../gateway-answer.ts';
import { invokeFunction } from '../invoke-function.ts';
import { methodArn } from './method-arn.ts';
import { proxyEvent } from './proxy-event.ts';

const TIMEOUT = 29_000;
const DEFAULT_TTL = 300;

interface Verdict {
  principalId?: unknown;
  policyDocument?: { Statement?: PolicyStatement | PolicyStatement[] };
  context?: Record<string, unknown>;
  usageIdentifierKey?: unknown;
}

/** Asks a function for a policy; what it said holds for all methods of the stage, for as long as it is kept. */
export async function authorizeByFunction(
  request: ApiRequest,
  authorizer: Authorizer,
  clock: Clock,
): Promise<Authorized> {
  const ttl = authorizer.authorizerResultTtlInSeconds ?? DEFAULT_TTL;
  const identity = identityOf(request, authorizer);
  if (identity.includes(undefined) && (authorizer.type === 'TOKEN' || ttl > 0))
    return { refusal: unauthorized() };
  const pattern = authorizer.identityValidationExpression;
  if (pattern && !new RegExp(`^(?:${pattern})$`).test(identity[0] ?? '')) return { refusal: unauthorized() };
  const { authorizerCache } = request.cell.apis;
  const key = `${authorizer.id} ${request.stage.name} ${JSON.stringify(identity)}`;
  const kept = authorizerCache.get(key) as Verdict | undefined;
  const verdict = kept ?? (await ask(request, authorizer, { clock, token: identity[0] }));
  if (verdict === 'failed') return { refusal: authorizerFailed() };
  if (verdict === 'unauthorized') return { refusal: unauthorized() };
  authorizerCache.put(key, verdict, ttl);
  const judged = judge([verdict.policyDocument?.Statement ?? []].flat(), methodArn(request));
  if (judged !== 'allowed') return { refusal: accessDenied(judged === 'denied') };
  const { principalId, usageIdentifierKey, context = {} } = verdict;
  return {
    authorizer: { ...context, principalId, ...(usageIdentifierKey !== undefined && { usageIdentifierKey }) },
  };
}

/** What the client is known by: values of `method.request.header.Authorization`, or of what the authorizer names. */
function identityOf(request: ApiRequest, { type, identitySource }: Authorizer): (string | undefined)[] {
  const ordinary = type === 'TOKEN' ? 'method.request.header.Authorization' : '';
  const sources = (identitySource ?? ordinary).split(',').map((source) => source.trim());
  return sources.filter(Boolean).map((source) => evaluate(source, request) || undefined);
}

async function ask(
  request: ApiRequest,
  authorizer: Authorizer,
  { clock, token }: { clock: Clock; token: string | undefined },
): Promise<Verdict | 'failed' | 'unauthorized'> {
  const { cell, api } = request;
  const named = { type: authorizer.type, methodArn: methodArn(request) };
  const call = {
    uri: authorizer.authorizerUri ?? '',
    credentials: authorizer.authorizerCredentials,
    sourceArn: `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/authorizers/${authorizer.id}`,
    event:
      authorizer.type === 'TOKEN'
        ? { ...named, authorizationToken: token }
        : { ...named, ...proxyEvent(request) },
  };
  const result = await invokeFunction(cell, call, { clock, milliseconds: TIMEOUT });
  if (result.kind === 'failed' && result.message === 'Unauthorized') return 'unauthorized';
  if (result.kind !== 'answered' || typeof result.value !== 'object' || !result.value) return 'failed';
  const verdict: Verdict = result.value;
  return verdict.policyDocument === undefined ? 'failed' : verdict;
}
